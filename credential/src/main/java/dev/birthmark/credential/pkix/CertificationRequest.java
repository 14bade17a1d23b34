package dev.birthmark.credential.pkix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certification request (PKCS#10, RFC 2986): the public key that someone wants a certificate for,
 * and the proof that he has the private one. Its other content asks for nothing that is granted; it
 * is listed in {@link #ignored()} and has no further effect. Immutable.
 */
public final class CertificationRequest {

  /** Longest body that is looked at, in octets. */
  public static final int MAX_OCTETS = 65_536;

  private static final int MAX_ATTRIBUTES = 64;

  private final byte[] der;
  private final byte[] info;
  private final SubjectPublicKey publicKey;
  private final List<String> ignored;
  private final SignatureAlgorithm algorithm;
  private final byte[] signature;

  private CertificationRequest(
      byte[] der,
      byte[] info,
      SubjectPublicKey publicKey,
      List<String> ignored,
      SignatureAlgorithm algorithm,
      byte[] signature) {
    this.der = der;
    this.info = info;
    this.publicKey = publicKey;
    this.ignored = List.copyOf(ignored);
    this.algorithm = algorithm;
    this.signature = signature;
  }

  /**
   * Reads a body: DER, PEM ({@code CERTIFICATE REQUEST} or {@code NEW CERTIFICATE REQUEST}, RFC
   * 7468) or the base64 of DER, with any line breaks, surrounding blanks and a UTF-8 byte-order
   * mark.
   *
   * @throws RequestRefusedException for whatever is not exactly one request
   * @throws KeyRefusedException if its public key is not taken
   */
  public static CertificationRequest read(byte[] body)
      throws RequestRefusedException, KeyRefusedException {
    return decode(RequestBody.der(body));
  }

  private static CertificationRequest decode(byte[] der)
      throws RequestRefusedException, KeyRefusedException {
    String part = "certificationRequest";
    try {
      DerInput input = new DerInput(der);
      DerInput outer = input.enter(DerInput.SEQUENCE);
      if (!input.atEnd()) {
        throw new DerException("is followed by " + input.remaining() + " octets");
      }
      part = "certificationRequestInfo";
      int from = outer.position();
      DerInput content = outer.enter(DerInput.SEQUENCE);
      byte[] info = outer.since(from);
      part = "version";
      readVersion(content);
      part = "subject";
      DerInput subject = content.enter(DerInput.SEQUENCE);
      List<String> ignored = new ArrayList<>();
      if (!subject.atEnd()) {
        ignored.add("subject");
      }
      part = "subjectPKInfo";
      int keyFrom = content.position();
      content.enter(DerInput.SEQUENCE);
      byte[] key = content.since(keyFrom);
      part = "attributes";
      if (!content.atEnd()) {
        readAttributes(content.enter(0xa0), ignored);
      }
      content.end();
      part = "signatureAlgorithm";
      byte[] identifier = outer.element();
      String oid = new DerInput(identifier).enter(DerInput.SEQUENCE).oid();
      part = "signature";
      byte[] signature = outer.bitOctets().rest();
      outer.end();
      SubjectPublicKey publicKey = SubjectPublicKey.parse(key);
      return new CertificationRequest(
          der, info, publicKey, ignored, accepted(identifier, oid, publicKey), signature);
    } catch (DerException e) {
      throw new RequestRefusedException(RequestRefusal.MALFORMED, part, "it " + e.detail());
    }
  }

  private static void readVersion(DerInput content) throws DerException, RequestRefusedException {
    byte[] version = content.integer();
    if (version.length != 1 || version[0] != 0) {
      boolean short1 = version.length == 1 && version[0] > 0;
      throw new RequestRefusedException(
          RequestRefusal.MALFORMED,
          "version",
          "it is " + (short1 ? Byte.toString(version[0]) : "unknown") + "; only 0 is defined");
    }
  }

  /** Form only: an attribute has a type and at least one value (RFC 2986 §4.1). */
  private static void readAttributes(DerInput attributes, List<String> ignored)
      throws DerException {
    int count = 0;
    while (!attributes.atEnd()) {
      if (++count > MAX_ATTRIBUTES) {
        throw new DerException("has more than " + MAX_ATTRIBUTES + " members");
      }
      DerInput attribute = attributes.enter(DerInput.SEQUENCE);
      String oid = attribute.oid();
      DerInput values = attribute.enter(DerInput.SET);
      attribute.end();
      if (values.atEnd()) {
        throw new DerException("has attribute " + oid + " without a value");
      }
      while (!values.atEnd()) {
        values.skip();
      }
      ignored.add(
          switch (oid) {
            case "1.2.840.113549.1.9.14" -> "extensionRequest";
            case "1.2.840.113549.1.9.7" -> "challengePassword";
            case "1.2.840.113549.1.9.2" -> "unstructuredName";
            default -> oid;
          });
    }
  }

  private static SignatureAlgorithm accepted(byte[] identifier, String oid, SubjectPublicKey key)
      throws RequestRefusedException {
    Optional<SignatureAlgorithm> found = SignatureAlgorithm.fromIdentifier(identifier);
    if (found.isPresent() && found.get().fits(key.algorithm())) {
      return found.get();
    }
    String name =
        switch (oid) {
          case "1.2.840.113549.1.1.4" -> "MD5 with RSA (" + oid + ")";
          case "1.2.840.113549.1.1.5" -> "SHA-1 with RSA (" + oid + ")";
          case "1.2.840.10045.4.1" -> "SHA-1 with ECDSA (" + oid + ")";
          default -> oid;
        };
    String why =
        found.isPresent()
            ? "does not fit a key of type " + key.algorithm().label()
            : "with these parameters is not accepted";
    throw new RequestRefusedException(
        RequestRefusal.SIGNATURE_ALGORITHM,
        "signatureAlgorithm",
        name + " " + why + "; use " + SignatureAlgorithm.usualFor(key.algorithm()).jcaName());
  }

  /** The request in DER, as it was received, a copy. */
  public byte[] der() {
    return der.clone();
  }

  /** The public key that a certificate is asked for. */
  public SubjectPublicKey publicKey() {
    return publicKey;
  }

  /** What the request is signed with. */
  public SignatureAlgorithm signatureAlgorithm() {
    return algorithm;
  }

  /**
   * What stands in the request and changes nothing: {@code subject}, and the attributes by name or
   * OID, in the order received.
   */
  public List<String> ignored() {
    return ignored;
  }

  /** Whether the signature has the encoding of its algorithm; if not, it cannot verify. */
  public boolean hasWellFormedSignature() {
    return JcaSignatureVerifier.hasForm(algorithm, signature);
  }

  /** Whether it is signed with the private half of its own key, over the octets received. */
  public boolean provesPossession(SignatureVerifier verifier) {
    return verifier.verify(publicKey, algorithm, info, signature);
  }
}
