package dev.birthmark.identity.server.mtls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.security.cert.CertificateException;

/**
 * The TLS alerts (RFC 8446 §6.2) a refused certificate is answered with. The trust manager can only
 * throw a verification result; BoringSSL translates that into the alert, so each alert stands
 * beside a result ({@code X509_V_ERR_…}) that becomes it. The JDK's engine makes
 * certificate_unknown of all of them.
 */
enum TlsAlert {
  /** The certificate is corrupt, its signature is wrong, or it is not the one that was issued. */
  BAD_CERTIFICATE(42, 28),
  /** Not a kind of certificate that a device connects with. */
  UNSUPPORTED_CERTIFICATE(43, 26),
  /** Withdrawn, for good or for now. */
  CERTIFICATE_REVOKED(44, 23),
  /** Before or after its validity. */
  CERTIFICATE_EXPIRED(45, 10),
  /** Sound in itself and not acceptable: not in the log (yet). */
  CERTIFICATE_UNKNOWN(46, 34),
  /** No anchor of ours issued it. */
  UNKNOWN_CA(48, 20),
  /** Nothing wrong with the certificate: this node cannot say at the moment. */
  INTERNAL_ERROR(80, 1);

  private final int code;
  private final int verificationResult;

  TlsAlert(int code, int verificationResult) {
    this.code = code;
    this.verificationResult = verificationResult;
  }

  /** The alert's number on the wire. */
  int code() {
    return code;
  }

  /** What the trust manager throws to have this alert sent. */
  CertificateException exception(String message) {
    return new OpenSslCertificateException(message, verificationResult);
  }
}
