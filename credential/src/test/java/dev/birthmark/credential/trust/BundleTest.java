package dev.birthmark.credential.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.Mutation;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.TestKey;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class BundleTest {
  private static final String ORIGIN = "id.example/logs/berlin";
  private static final int MAX = 1 << 20;
  private static final TestKey ROOT_KEY = TestKey.generate("EC");
  private static final TestKey ISSUER_KEY = TestKey.generate("EC");
  private static final TestKey LOG_KEY = TestKey.generate("Ed25519");
  private static final TestKey CLIENT_KEY = TestKey.generate("EC");
  private static final IssuerCertificate ROOT = authority("CN=Root", ROOT_KEY, "CN=Root", ROOT_KEY);
  private static final IssuerCertificate ISSUER =
      authority("CN=Issuer", ISSUER_KEY, "CN=Root", ROOT_KEY);
  private static final List<TestKey> ALL = List.of(ISSUER_KEY, CLIENT_KEY, LOG_KEY);
  private static final SiteBundle BUNDLE = bundle(ROOT, ISSUER);

  @Test
  void opensWhatEveryKeyInItSealed() throws Exception {
    String pem = BUNDLE.seal(ALL);
    assertThat(pem).startsWith("-----BEGIN BIRTHMARK SITE BUNDLE-----\n");
    assertThat(SiteBundle.open(pem, TestKey.VERIFIER)).isEqualTo(BUNDLE);
    assertThat(SiteBundle.open(pem.replace("\n", "\r\n"), TestKey.VERIFIER)).isEqualTo(BUNDLE);
    assertThat(BUNDLE.signers())
        .containsExactly(LOG_KEY.publicKey(), CLIENT_KEY.publicKey(), ISSUER_KEY.publicKey());
  }

  @Test
  void isNotSealedWithoutOneOfItsKeys() {
    assertThatThrownBy(() -> BUNDLE.seal(List.of(ISSUER_KEY, CLIENT_KEY)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesABundleOfWhichOneSignatureIsMissingOrAnothers() throws Exception {
    for (int missing = 0; missing < 3; missing++) {
      String dropped = resigned(missing, false);
      assertThatThrownBy(() -> SiteBundle.open(dropped, TestKey.VERIFIER))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("signatures");
      String swapped = resigned(missing, true);
      assertThatThrownBy(() -> SiteBundle.open(swapped, TestKey.VERIFIER))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesAnIssuerThatTheRootDidNotSign() {
    IssuerCertificate stranger =
        authority("CN=Issuer", ISSUER_KEY, "CN=Root", TestKey.generate("EC"));
    String pem = bundle(ROOT, stranger).seal(ALL);
    assertThatThrownBy(() -> SiteBundle.open(pem, TestKey.VERIFIER))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("issuer");
    String notSelfSigned = bundle(ISSUER, ISSUER).seal(ALL);
    assertThatThrownBy(() -> SiteBundle.open(notSelfSigned, TestKey.VERIFIER))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("root");
  }

  @Test
  void refusesABundleThatNamesNothingOrAThingTwice() {
    assertThatThrownBy(() ->
            new SiteBundle(
                0,
                "t",
                "s",
                BUNDLE.baseUrls(),
                ROOT,
                List.of(ISSUER),
                BUNDLE.logs(),
                BUNDLE.client()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new SiteBundle(
                1,
                "t",
                "s",
                BUNDLE.baseUrls(),
                ROOT,
                List.of(ISSUER, ISSUER),
                BUNDLE.logs(),
                BUNDLE.client()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientCertificate(BUNDLE.client().der(), LOG_KEY.publicKey()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void throwsNothingElseOnAnyOctets() throws Exception {
    Random random = new Random(8);
    String pem = BUNDLE.seal(ALL);
    byte[] der = PemArmor.read(SiteBundle.LABEL, pem, MAX);
    for (int i = 0; i < 10_000; i++) {
      byte[] mutant = Mutation.of(der, random);
      try {
        SiteBundle.open(PemArmor.write(SiteBundle.LABEL, mutant), TestKey.VERIFIER);
        assertThat(mutant).isEqualTo(der);
      } catch (MalformedException | UnknownVersionException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void refusesOtherArmourAndTextAroundIt() {
    String pem = BUNDLE.seal(ALL);
    for (String bad :
        List.of(
            "",
            pem.replace("SITE", "IDENTITY"),
            pem + pem,
            "text\n" + pem,
            pem.replaceFirst("\n", "\n "),
            pem.substring(0, 300),
            "-----BEGIN BIRTHMARK SITE BUNDLE-----END BIRTHMARK SITE BUNDLE-----")) {
      assertThatThrownBy(() -> SiteBundle.open(bad, TestKey.VERIFIER))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void readsTheIdentityBundleThatItWrote() throws Exception {
    IdentityBundle bundle =
        new IdentityBundle(
            "default",
            "berlin",
            List.of(new Octets(ROOT.der())),
            List.of(new CosignerKey("id.example/cosigner", LOG_KEY.publicKey())),
            List.of(new NoteKey("id.example/feed/default", LOG_KEY.publicKey())));
    assertThat(IdentityBundle.parse(bundle.pem())).isEqualTo(bundle);
    assertThatThrownBy(() -> IdentityBundle.parse(BUNDLE.seal(ALL)))
        .isInstanceOf(MalformedException.class);
    String future = PemArmor.write(IdentityBundle.LABEL, new DerRecord().integer(2).encode());
    assertThatThrownBy(() -> IdentityBundle.parse(future))
        .isInstanceOf(UnknownVersionException.class);
  }

  /** The sealed bundle with one signature left out, or made by a key that is not in it. */
  private static String resigned(int index, boolean replace) throws Exception {
    byte[] sealed = PemArmor.read(SiteBundle.LABEL, BUNDLE.seal(ALL), MAX);
    DerFields fields = DerFields.read("sealed", sealed, MAX);
    byte[] bundle = fields.octets("bundle", 1, MAX);
    List<DerRecord> signatures = new ArrayList<>();
    int at = 0;
    for (DerFields signature : fields.sequences("signatures", 3)) {
      byte[] algorithm = signature.octets("algorithm", 1, 64);
      byte[] octets = signature.octets("signature", 1, 1024);
      if (at != index) {
        signatures.add(new DerRecord().octets(algorithm).octets(octets));
      } else if (replace) {
        TestKey stranger = TestKey.generate(index == 0 ? "Ed25519" : "EC");
        byte[] forged = stranger.sign(bundle);
        signatures.add(new DerRecord().octets(algorithm).octets(forged));
      }
      at++;
    }
    return PemArmor.write(
        SiteBundle.LABEL, new DerRecord().octets(bundle).sequences(signatures).encode());
  }

  private static SiteBundle bundle(IssuerCertificate root, IssuerCertificate issuer) {
    try {
      return new SiteBundle(
          1,
          "default",
          "berlin",
          List.of(new BaseUrl("https://id.example")),
          root,
          List.of(issuer),
          List.of(
              new NoteKey(ORIGIN, LOG_KEY.publicKey()),
              new NoteKey(ORIGIN + "/2", LOG_KEY.publicKey())),
          ClientCertificate.parse(
              certificate("CN=client", CLIENT_KEY, "CN=client", CLIENT_KEY, false)));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static IssuerCertificate authority(
      String subject, TestKey key, String issuer, TestKey signer) {
    try {
      return IssuerCertificate.parse(certificate(subject, key, issuer, signer, true));
    } catch (MalformedCertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] certificate(
      String subject, TestKey key, String issuer, TestKey signer, boolean authority) {
    try {
      return new X509v3CertificateBuilder(
              new X500Name(issuer),
              BigInteger.ONE.shiftLeft(121),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2046-01-01T00:00:00Z")),
              new X500Name(subject),
              SubjectPublicKeyInfo.getInstance(key.publicKey().der()))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
          .build(
              new JcaContentSignerBuilder(signer.algorithm().jcaName())
                  .build(signer.pair().getPrivate()))
          .getEncoded();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
