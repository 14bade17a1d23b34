package dev.birthmark.testkit.pki;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Certificate chains as devices present them: those that lead to a known issuer, and the others.
 */
public final class TestChains {

  private TestChains() {}

  /**
   * A presented chain.
   *
   * @param name what is special about it
   * @param certificates DER, in the order presented
   * @param expected {@code allow}, or the reason of the refusal
   */
  public record Chain(String name, List<byte[]> certificates, String expected) {
    public Chain {
      certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * All chains around one leaf of a site.
   *
   * @param leaf a good certificate of that site, known to whoever decides
   */
  public static List<Chain> around(TestPki pki, byte[] leaf) {
    List<Chain> chains = new ArrayList<>(goodOrders(pki, leaf));
    byte[] issuer = pki.issuer().der();
    byte[] root = pki.root().der();
    chains.add(new Chain("root first", List.of(root, issuer, leaf), "not-a-device-certificate"));
    chains.add(new Chain("issuer first", List.of(issuer, leaf), "not-a-device-certificate"));
    chains.add(new Chain("nothing", List.of(), "malformed"));
    chains.add(new Chain("nine certificates", repeated(leaf, issuer, 8), "chain-too-long"));
    chains.add(new Chain("57 that certify each other", crossCertified(pki), "chain-too-long"));
    chains.add(
        new Chain(
            "a stranger's", List.of(TestPki.of("nobody").issue("x-1", 1).der()), "unknown-issuer"));
    chains.add(
        new Chain(
            "a decoy's, with the true issuer's name and key identifier",
            List.of(pki.forge().signedBy(TestKey.p256(666)).der(), decoy(pki)),
            "bad-signature"));
    for (Leaf bad : badLeaves(pki)) {
      chains.add(new Chain(bad.name(), List.of(bad.der(), issuer), bad.expected()));
    }
    return List.copyOf(chains);
  }

  private static List<Chain> goodOrders(TestPki pki, byte[] leaf) {
    byte[] issuer = pki.issuer().der();
    byte[] root = pki.root().der();
    TestPki other = TestPki.of("other");
    return List.of(
        new Chain("leaf alone", List.of(leaf), "allow"),
        new Chain("leaf and issuer", List.of(leaf, issuer), "allow"),
        new Chain("leaf, issuer and root", List.of(leaf, issuer, root), "allow"),
        new Chain("leaf and root without the issuer", List.of(leaf, root), "allow"),
        new Chain("issuers shuffled", List.of(leaf, root, issuer), "allow"),
        new Chain("issuer twice", List.of(leaf, issuer, issuer), "allow"),
        new Chain(
            "strangers among them",
            List.of(leaf, other.issuer().der(), other.root().der(), issuer),
            "allow"),
        new Chain("decoy before the issuer", List.of(leaf, decoy(pki), issuer), "allow"),
        new Chain("decoy after the issuer", List.of(leaf, issuer, decoy(pki)), "allow"));
  }

  /**
   * A leaf that is bad by itself.
   *
   * @param name what is wrong with it
   * @param expected the reason of the refusal
   */
  public record Leaf(String name, byte[] der, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every leaf that is bad by itself. */
  public static List<Leaf> badLeaves(TestPki pki) {
    String role = "not-a-device-certificate";
    String malformed = "malformed";
    return List.of(
        new Leaf(
            "expired", pki.forge().validity("250101000000Z", "261125115959Z").der(), "expired"),
        new Leaf(
            "not yet valid",
            pki.forge().validity("261125120001Z", "99991231235959Z").der(),
            "not-yet-valid"),
        new Leaf(
            "serverAuth only",
            pki.forge()
                .extension(CertificateForge.PURPOSES, false, "300a06082b06010505070301")
                .der(),
            role),
        new Leaf(
            "keyAgreement only",
            pki.forge().extension(CertificateForge.KEY_USAGE, true, "03020308").der(),
            role),
        new Leaf("an authority's", pki.forge().asAuthority().der(), role),
        new Leaf(
            "unknown critical extension",
            pki.forge().anotherExtension("06032a0304", true, "0500").der(),
            role),
        new Leaf("version 1", pki.forge().version(1).der(), malformed),
        new Leaf("version 2", pki.forge().version(2).der(), malformed),
        new Leaf("SHA-1", pki.forge().signedWithSha1().der(), "weak-signature"),
        new Leaf(
            "signed by another key",
            pki.forge().signedBy(TestKey.p256(666)).der(),
            "bad-signature"),
        new Leaf("date without seconds", dates(pki, 0x17, "2712310000Z"), malformed),
        new Leaf("date with an offset", dates(pki, 0x17, "271231000000+0100"), malformed),
        new Leaf("date with a fraction", dates(pki, 0x18, "20511231000000.5Z"), malformed),
        new Leaf("30 February", dates(pki, 0x17, "280230000000Z"), malformed),
        new Leaf("29 February of a common year", dates(pki, 0x17, "270229000000Z"), malformed),
        new Leaf("second 60", dates(pki, 0x17, "271231235960Z"), malformed),
        new Leaf("GeneralizedTime before 2050", dates(pki, 0x18, "20271231000000Z"), malformed),
        new Leaf(
            "an extension twice",
            pki.forge().anotherExtension(CertificateForge.KEY_USAGE, true, "03020780").der(),
            malformed),
        new Leaf("serial zero", pki.forge().serial(new byte[1]).der(), malformed),
        new Leaf("serial negative", pki.forge().serial(Tlv.hex("80")).der(), malformed),
        new Leaf("serial of 21 octets", pki.forge().serial(filled(21)).der(), malformed),
        new Leaf("octets after it", Tlv.concat(pki.forge().der(), new byte[1]), malformed),
        new Leaf("no certificate", new byte[] {1, 2, 3}, malformed));
  }

  /** An authority with the name and key identifier of the true issuer, and a key of its own. */
  public static byte[] decoy(TestPki pki) {
    byte[] name = pki.issuer().subject().bytes();
    return pki.forge()
        .asAuthority()
        .names(name, name)
        .key(TestKey.p256(666))
        .signedBy(TestKey.p256(666))
        .subjectKeyIdentifier(pki.issuer().publicKey().keyIdentifier())
        .der();
  }

  /** A leaf below 57 authorities of one name that certify each other: no path builder ends. */
  public static List<byte[]> crossCertified(TestPki pki) {
    byte[] name = Tlv.sequence(Tlv.set(Tlv.sequence(Tlv.hex("0603550403"), Tlv.text(0x0c, "X"))));
    List<byte[]> chain = new ArrayList<>();
    chain.add(pki.forge().names(name, name).signedBy(TestKey.p256(9_000)).der());
    for (int i = 0; i < 57; i++) {
      chain.add(
          pki.forge()
              .asAuthority()
              .names(name, name)
              .key(TestKey.p256(9_000 + i))
              .signedBy(TestKey.p256(9_000 + (i + 1) % 57))
              .der());
    }
    return List.copyOf(chain);
  }

  private static byte[] dates(TestPki pki, int tag, String text) {
    return pki.forge().notAfter(tag, text).der();
  }

  private static List<byte[]> repeated(byte[] first, byte[] then, int times) {
    List<byte[]> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < times; i++) {
      all.add(then);
    }
    return all;
  }

  private static byte[] filled(int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) 1);
    return octets;
  }
}
