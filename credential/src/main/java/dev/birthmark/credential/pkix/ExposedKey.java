package dev.birthmark.credential.pkix;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a private key where a certification request belongs, and finds its public half, so
 * that the key can be blocked: it is no longer its owner's alone.
 */
final class ExposedKey {
  private static final String DETAIL =
      "a private key was sent; it is no secret any more: make a new key on the device and send only"
          + " the certification request";

  private static final int MAX_SCALAR_BITS = 384;

  private ExposedKey() {}

  /** The refusal of a PEM text that names a private key, wherever in it. */
  static RequestRefusedException inPem(String text) {
    String marker = "PRIVATE KEY-----";
    SubjectPublicKey found = null;
    for (int at = text.indexOf(marker); at >= 0 && found == null; ) {
      int from = at + marker.length();
      int end = text.indexOf('-', from);
      if (end > from) {
        found = publicHalf(text.substring(from, end));
      }
      at = text.indexOf(marker, from);
    }
    return refusal(found);
  }

  /** Refuses DER in which one of at most eight objects in a row is a private key. */
  static void refuseIn(byte[] der) throws RequestRefusedException {
    try {
      DerInput objects = new DerInput(der);
      for (int i = 0; i < 8 && !objects.atEnd(); i++) {
        byte[] object = objects.element();
        if (looksPrivate(object)) {
          throw refusal(publicHalf(object));
        }
      }
    } catch (DerException e) {
      // No DER, so nothing that could be used as a key: the reader of requests says what is wrong.
      return;
    }
  }

  /**
   * PKCS#8 (INTEGER, SEQUENCE with OID, OCTET STRING), SEC 1 (INTEGER 1, OCTET STRING), PKCS#1
   * (nine INTEGERs) or encrypted PKCS#8 (SEQUENCE with OID, OCTET STRING).
   */
  private static boolean looksPrivate(byte[] object) {
    try {
      DerInput content = new DerInput(object).enter(DerInput.SEQUENCE);
      if (!content.next(DerInput.INTEGER)) {
        DerInput identifier = content.enter(DerInput.SEQUENCE);
        return identifier.next(DerInput.OID) && content.next(DerInput.OCTET_STRING);
      }
      content.skip();
      if (content.next(DerInput.OCTET_STRING)) {
        return true;
      }
      if (content.next(DerInput.INTEGER)) {
        content.skip();
        content.skip();
        return content.next(DerInput.INTEGER);
      }
      content.enter(DerInput.SEQUENCE).enter(DerInput.OID);
      return content.next(DerInput.OCTET_STRING);
    } catch (DerException e) {
      return false;
    }
  }

  private static @Nullable SubjectPublicKey publicHalf(String base64) {
    try {
      return publicHalf(RequestBody.decode(base64));
    } catch (RequestRefusedException e) {
      return null;
    }
  }

  /** Null where there is none: an encrypted key, an odd one, one of a kind that is not taken. */
  private static @Nullable SubjectPublicKey publicHalf(byte[] object) {
    try {
      DerInput content = new DerInput(object).enter(DerInput.SEQUENCE);
      if (!content.next(DerInput.INTEGER)) {
        return null;
      }
      content.skip();
      if (content.next(DerInput.INTEGER)) {
        return rsa(RSAPrivateKey.getInstance(object));
      }
      if (content.next(DerInput.OCTET_STRING)) {
        ECPrivateKey key = ECPrivateKey.getInstance(object);
        ASN1ObjectIdentifier curve =
            ASN1ObjectIdentifier.getInstance(key.getParametersObject().toASN1Primitive());
        return curve(curve, key);
      }
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(object);
      ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
      if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
      }
      if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        ASN1ObjectIdentifier curve =
            ASN1ObjectIdentifier.getInstance(info.getPrivateKeyAlgorithm().getParameters());
        return curve(curve, ECPrivateKey.getInstance(info.parsePrivateKey()));
      }
      SubjectPublicKeyInfo bare =
          switch (PrivateKeyFactory.createKey(info)) {
            case Ed25519PrivateKeyParameters key ->
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey());
            case MLDSAPrivateKeyParameters key ->
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                    key.getPublicKeyParameters());
            default -> null;
          };
      return bare == null ? null : SubjectPublicKey.parse(bare.getEncoded("DER"));
    } catch (DerException | KeyRefusedException | IOException | RuntimeException e) {
      // Strangers' octets in a library that throws what it likes; refused they are in any case.
      return null;
    }
  }

  private static SubjectPublicKey rsa(RSAPrivateKey key) throws IOException, KeyRefusedException {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    RSAPublicKey numbers = new RSAPublicKey(key.getModulus(), key.getPublicExponent());
    return SubjectPublicKey.parse(new SubjectPublicKeyInfo(rsa, numbers).getEncoded("DER"));
  }

  private static SubjectPublicKey curve(ASN1ObjectIdentifier curve, ECPrivateKey key)
      throws IOException, KeyRefusedException {
    if (key.getKey().bitLength() > MAX_SCALAR_BITS) {
      throw new KeyRefusedException(KeyRefusal.SIZE, "the private key is longer than its curve");
    }
    byte[] point =
        CustomNamedCurves.getByOID(curve)
            .getG()
            .multiply(key.getKey())
            .normalize()
            .getEncoded(false);
    AlgorithmIdentifier named = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
    return SubjectPublicKey.parse(new SubjectPublicKeyInfo(named, point).getEncoded("DER"));
  }

  private static RequestRefusedException refusal(@Nullable SubjectPublicKey key) {
    return new RequestRefusedException(RequestRefusal.PRIVATE_KEY, "body", DETAIL, key);
  }
}
