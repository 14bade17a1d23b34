package dev.birthmark.testkit.pki;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.AuthorityTemplate;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.CertificateContent;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.time.Duration;
import java.time.Instant;

/**
 * One site's public key infrastructure: an offline root, an issuing authority and the template of
 * its device certificates. Two with the same name are the same.
 *
 * @param name of the site; keys and the log's origin depend on it
 * @param rootKey the root's key
 * @param root its certificate
 * @param issuerKey the issuing authority's key
 * @param issuer its certificate
 * @param template of device certificates without expiry
 */
public record TestPki(
    String name,
    TestKey rootKey,
    IssuerCertificate root,
    TestKey issuerKey,
    IssuerCertificate issuer,
    CertificateTemplate template) {

  /** The time at which tests happen. */
  public static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  /** Where everything public lies. */
  public static final BaseUrl BASE = new BaseUrl("http://id.example.test");

  /** How much earlier than its issuance a certificate is valid. */
  public static final Duration BACKDATING = Duration.ofMinutes(5);

  /** The infrastructure of a site, with P-256 keys. */
  public static TestPki of(String name) {
    return of(name, KeyAlgorithm.P256);
  }

  /** The infrastructure of a site whose authorities have keys of this kind. */
  public static TestPki of(String name, KeyAlgorithm authorities) {
    // Numbers that devices, which count from 0, do not reach.
    int number = 1_000_000_000 + 2 * Math.floorMod(name.hashCode(), 100_000_000);
    TestKey rootKey = TestKey.of(authorities, number);
    TestKey issuerKey = TestKey.of(authorities, number + 1);
    Instant made = NOW.minus(Duration.ofDays(30));
    try {
      byte[] rootTbs =
          new AuthorityTemplate(
                  serial(name + " root"), made, "CN=Test Root " + name, rootKey.publicKey())
              .root(rootKey.algorithm());
      IssuerCertificate root = IssuerCertificate.parse(signed(rootTbs, rootKey));
      byte[] issuerTbs =
          new AuthorityTemplate(
                  serial(name + " issuer"), made, "CN=Test Issuer " + name, issuerKey.publicKey())
              .issuing(root, rootKey.algorithm(), BASE);
      IssuerCertificate issuer = IssuerCertificate.parse(signed(issuerTbs, rootKey));
      CertificateTemplate template =
          new CertificateTemplate(
              issuer,
              issuerKey.algorithm(),
              BASE,
              LogId.of(origin(name)).hex(),
              CertificateContent.FULL);
      return new TestPki(name, rootKey, root, issuerKey, issuer, template);
    } catch (MalformedCertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The origin of the site's log. */
  public String origin() {
    return origin(name);
  }

  /** The site's log. */
  public LogId logId() {
    return LogId.of(origin());
  }

  /** The serial of an index in the site's log; its random half depends on the index only. */
  public CertificateSerial serial(long index) {
    return CertificateSerial.of(
        logId().serialBits(), index, TestKey.seeded(name + " serial " + index).nextLong());
  }

  /** A good certificate for P-256 key number {@code index}, issued at {@link #NOW}. */
  public DeviceCertificate issue(String deviceId, long index) {
    return issue(deviceId, index, TestKey.p256((int) index), NOW);
  }

  /** A good certificate from the real template. */
  public DeviceCertificate issue(String deviceId, long index, TestKey key, Instant issuedAt) {
    byte[] tbs =
        template.tbs(
            serial(index),
            new DeviceId(deviceId),
            issuedAt.minus(BACKDATING),
            CertificateTemplate.NO_EXPIRY,
            key.publicKey());
    return parsed(template.certificate(tbs, issuerKey.sign(tbs)));
  }

  /** A forgery kit for certificates that the template would never make. */
  public CertificateForge forge() {
    return new CertificateForge(this);
  }

  /** The providers that everything here signs with. */
  public static Providers providers() {
    return TestKey.providers();
  }

  /** A verifier with those providers. */
  public static SignatureVerifier verifier() {
    return new JcaSignatureVerifier(TestKey.providers());
  }

  /** Reads what must be readable. */
  public static DeviceCertificate parsed(byte[] der) {
    try {
      return DeviceCertificate.parse(der);
    } catch (MalformedCertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String origin(String name) {
    return name + ".example.test/log";
  }

  private static CertificateSerial serial(String seed) {
    return CertificateSerial.notAPlace(TestKey.seeded(seed));
  }

  private static byte[] signed(byte[] tbs, TestKey by) {
    return AuthorityTemplate.certificate(tbs, by.algorithm(), by.sign(tbs));
  }
}
