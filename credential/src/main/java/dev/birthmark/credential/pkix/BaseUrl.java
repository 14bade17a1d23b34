package dev.birthmark.credential.pkix;

import java.net.URI;
import java.util.HexFormat;

/**
 * The address below which a tenant's public objects and device names lie, for ever, since it stands
 * in every certificate: {@code http} or {@code https}, a host in lower case, perhaps a port and a
 * path, no trailing slash, at most 200 characters of ASCII.
 */
public record BaseUrl(String value) {

  /** Longest base URL in characters. */
  public static final int MAX_LENGTH = 200;

  public BaseUrl {
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "base URL of " + value.length() + " characters, more than " + MAX_LENGTH);
    }
    if (!value.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*")) {
      throw new IllegalArgumentException(
          "base URL is not http(s)://host[:port][/path] in ASCII without a trailing slash");
    }
    if (URI.create(value).getHost() == null) {
      throw new IllegalArgumentException("base URL has no host name");
    }
  }

  /** The URI that names a device and stands in its subjectAltName. */
  public String device(DeviceId id) {
    return value + "/devices/" + id.value();
  }

  /** Where an issuer's certificate lies (caIssuers, RFC 5280 §4.2.2.1). */
  public String issuer(byte[] keyIdentifier) {
    return value + "/issuers/" + HexFormat.of().formatHex(keyIdentifier) + ".cer";
  }

  /** Where OCSP is answered (RFC 6960). */
  public String ocsp() {
    return value + "/ocsp";
  }

  /**
   * Where the CRL lies that covers a place: one for each issuer, log and 65,536 indexes.
   *
   * @param logId 16 hexadecimal digits
   * @param index the credential's index in that log
   */
  public String crl(byte[] issuerKeyIdentifier, String logId, long index) {
    return crlPrefix(issuerKeyIdentifier, logId) + crlSuffix(index);
  }

  String crlPrefix(byte[] issuerKeyIdentifier, String logId) {
    return value + "/crl/" + HexFormat.of().formatHex(issuerKeyIdentifier) + "/" + logId + "/";
  }

  static String crlSuffix(long index) {
    return (index >>> 16) + ".crl";
  }

  @Override
  public String toString() {
    return value;
  }
}
