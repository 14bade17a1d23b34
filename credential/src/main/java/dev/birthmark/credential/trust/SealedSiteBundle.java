package dev.birthmark.credential.trust;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A site bundle with its signatures: {@code SEQUENCE { bundle OCTET STRING, signatures SEQUENCE OF
 * SEQUENCE { algorithm OCTET STRING, signature OCTET STRING } }}, one for each signer, in the
 * signers' order. The algorithm is the DER of its AlgorithmIdentifier.
 */
final class SealedSiteBundle {
  private static final long VERSION = 1;
  private static final int MAX_ALGORITHM = 32;
  private static final int MAX_SIGNATURE = 8192;

  /**
   * Stands before what is signed. The zero octet is in no note and begins no certificate, so these
   * keys sign nothing else that could be taken for a bundle.
   */
  private static final byte[] CONTEXT =
      "birthmark site bundle v1\0".getBytes(StandardCharsets.US_ASCII);

  private SealedSiteBundle() {}

  static String write(SiteBundle bundle, List<? extends KeyCustody> custodies) {
    byte[] der = encode(bundle);
    List<DerRecord> signatures = new ArrayList<>();
    for (SubjectPublicKey key : bundle.signers()) {
      KeyCustody custody =
          custodies.stream()
              .filter(candidate -> candidate.publicKey().equals(key))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("the key of a signer is missing"));
      signatures.add(
          new DerRecord()
              .octets(custody.algorithm().identifier())
              .octets(custody.sign(message(der))));
    }
    return PemArmor.write(
        SiteBundle.LABEL, new DerRecord().octets(der).sequences(signatures).encode());
  }

  static SiteBundle read(String pem, SignatureVerifier verifier)
      throws MalformedException, UnknownVersionException {
    byte[] sealed = PemArmor.read(SiteBundle.LABEL, pem, BundleCodec.MAX_LENGTH);
    DerFields fields = DerFields.read("sealed bundle", sealed, BundleCodec.MAX_LENGTH);
    byte[] der = fields.octets("bundle", 1, BundleCodec.MAX_LENGTH);
    SiteBundle bundle = decode(der);
    List<SubjectPublicKey> signers = bundle.signers();
    List<DerFields> signatures = fields.sequences("signatures", signers.size());
    fields.end();
    if (signatures.size() < signers.size()) {
      throw new MalformedException("signatures", "one of a key in the bundle is missing");
    }
    for (int i = 0; i < signers.size(); i++) {
      DerFields signature = signatures.get(i);
      SignatureAlgorithm algorithm =
          SignatureAlgorithm.fromIdentifier(signature.octets("algorithm", 1, MAX_ALGORITHM))
              .orElseThrow(() -> new MalformedException("algorithm", "not one that we verify"));
      byte[] octets = signature.octets("signature", 1, MAX_SIGNATURE);
      signature.end();
      if (!verifier.verify(signers.get(i), algorithm, message(der), octets)) {
        throw new MalformedException("signatures", "number " + (i + 1) + " does not hold");
      }
    }
    return bundle;
  }

  private static byte[] encode(SiteBundle bundle) {
    return new DerRecord()
        .integer(VERSION)
        .integer(bundle.number())
        .text(bundle.tenant())
        .text(bundle.site())
        .sequences(BundleCodec.texts(bundle.baseUrls().stream().map(BaseUrl::value).toList()))
        .octets(bundle.root().der())
        .sequences(
            BundleCodec.octets(bundle.issuers().stream().map(IssuerCertificate::der).toList()))
        .sequences(
            bundle.logs().stream().map(log -> BundleCodec.named(log.name(), log.key())).toList())
        .octets(bundle.client().der().bytes())
        .encode();
  }

  private static SiteBundle decode(byte[] der) throws MalformedException, UnknownVersionException {
    DerFields fields = DerFields.read("site bundle", der, BundleCodec.MAX_LENGTH);
    long version = fields.integer("version", Long.MAX_VALUE);
    if (version != VERSION) {
      throw new UnknownVersionException("site bundle", version);
    }
    try {
      SiteBundle bundle =
          new SiteBundle(
              fields.integer("number", Long.MAX_VALUE),
              fields.text("tenant", BundleCodec.MAX_TEXT),
              fields.text("site", BundleCodec.MAX_TEXT),
              baseUrls(fields),
              issuer(fields.octets("root", 1, ClientCertificate.MAX_LENGTH)),
              issuers(fields),
              BundleCodec.named(
                  fields, "logs", (origin, key) -> new NoteKey(LogOrigin.check(origin), key)),
              ClientCertificate.parse(fields.octets("client", 1, ClientCertificate.MAX_LENGTH)));
      fields.end();
      return bundle;
    } catch (IllegalArgumentException e) {
      throw new MalformedException("site bundle", String.valueOf(e.getMessage()));
    }
  }

  private static List<BaseUrl> baseUrls(DerFields fields) throws MalformedException {
    return BundleCodec.texts(fields, "base URLs").stream().map(BaseUrl::new).toList();
  }

  private static List<IssuerCertificate> issuers(DerFields fields) throws MalformedException {
    List<IssuerCertificate> issuers = new ArrayList<>();
    for (byte[] der : BundleCodec.octets(fields, "issuers")) {
      issuers.add(issuer(der));
    }
    return issuers;
  }

  private static IssuerCertificate issuer(byte[] der) throws MalformedException {
    try {
      return IssuerCertificate.parse(der);
    } catch (MalformedCertificateException e) {
      throw new MalformedException(e.part(), e.detail());
    }
  }

  private static byte[] message(byte[] der) {
    return ByteBuffer.allocate(CONTEXT.length + der.length).put(CONTEXT).put(der).array();
  }
}
