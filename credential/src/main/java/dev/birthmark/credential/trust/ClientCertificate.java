package dev.birthmark.credential.trust;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The certificate with which a site connects. Only its key counts, which is pinned; whatever else
 * it says, dates too, is not looked at.
 *
 * @param der the certificate as the TLS library gets it
 * @param key its public key
 */
public record ClientCertificate(Octets der, SubjectPublicKey key) {
  /** Octets of the largest certificate. */
  public static final int MAX_LENGTH = 16_384;

  /** Refuses a certificate of another key. */
  public ClientCertificate {
    try {
      if (!keyOf(der.bytes()).equals(key)) {
        throw new IllegalArgumentException("a certificate of another key");
      }
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads a certificate in DER; its key must be one that we verify with. */
  public static ClientCertificate parse(byte[] der) throws MalformedException {
    return new ClientCertificate(new Octets(der), keyOf(der));
  }

  private static SubjectPublicKey keyOf(byte[] der) throws MalformedException {
    if (der.length > MAX_LENGTH) {
      throw new MalformedException("client certificate", "more than " + MAX_LENGTH + " octets");
    }
    try {
      Certificate certificate = Certificate.getInstance(der);
      return SubjectPublicKey.parse(
          certificate.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER));
    } catch (KeyRefusedException e) {
      throw new MalformedException("client certificate", String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws unchecked exceptions too.
      throw new MalformedException("client certificate", "not X.509");
    }
  }
}
