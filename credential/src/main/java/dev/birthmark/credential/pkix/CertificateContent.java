package dev.birthmark.credential.pkix;

import java.util.List;

/**
 * What a profile puts into a certificate beside what all have (serial, names, validity, key, key
 * identifiers and keyUsage digitalSignature).
 *
 * @param extendedKeyUsages purposes in dotted form, in the order they are written; none = no
 *     extension
 * @param basicConstraints whether basicConstraints says that it is no authority's
 * @param subjectAltName whether the device's URI stands in it
 * @param authorityInformationAccess whether caIssuers and OCSP addresses stand in it
 * @param crlDistributionPoint whether the address of its CRL stands in it
 */
public record CertificateContent(
    List<String> extendedKeyUsages,
    boolean basicConstraints,
    boolean subjectAltName,
    boolean authorityInformationAccess,
    boolean crlDistributionPoint) {

  /** Client authentication and every extension: what the built-in profiles have. */
  public static final CertificateContent FULL =
      new CertificateContent(
          List.of(DeviceCertificate.CLIENT_AUTHENTICATION), true, true, true, true);

  public CertificateContent {
    extendedKeyUsages = List.copyOf(extendedKeyUsages);
    if (extendedKeyUsages.size() > 8) {
      throw new IllegalArgumentException("more than 8 extended key usages");
    }
  }
}
