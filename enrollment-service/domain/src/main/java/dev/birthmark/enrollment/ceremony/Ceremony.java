package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.custody.SoftwareKey;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.AuthorityTemplate;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.trust.ClientCertificate;
import dev.birthmark.credential.trust.SiteBundle;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Holds the key ceremony of a site. */
public final class Ceremony {
  private final Providers providers;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * A ceremony.
   *
   * @param random a cryptographically secure generator, for keys and serials
   */
  public Ceremony(Providers providers, SecureRandom random, InstantSource clock) {
    this.providers = providers;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes every key and certificate of the plan, hands each key to the vault, and returns what is
   * public. If it throws, whatever the vault already kept is worthless: no bundle names it.
   */
  public CeremonyRecord hold(CeremonyPlan plan, KeyVault vault) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    SoftwareKey rootKey = generate(plan.root().algorithm());
    IssuerCertificate root =
        read(sign(template(now, plan.root().name(), rootKey).root(rootKey.algorithm()), rootKey));
    SoftwareKey issuerKey = generate(plan.issuer().algorithm());
    IssuerCertificate issuer =
        read(
            sign(
                template(now, plan.issuer().name(), issuerKey)
                    .issuing(root, rootKey.algorithm(), plan.base()),
                rootKey));
    SoftwareKey logKey = generate(SignatureAlgorithm.ED25519);
    SoftwareKey clientKey = generate(SignatureAlgorithm.ECDSA_SHA256);
    byte[] client =
        sign(
            template(now, "CN=site " + plan.site(), clientKey).client(clientKey.algorithm()),
            clientKey);

    SiteBundle bundle =
        new SiteBundle(
            1,
            plan.tenant(),
            plan.site(),
            List.of(plan.base()),
            root,
            List.of(issuer),
            List.of(new NoteKey(plan.log(), logKey.publicKey())),
            client(client));
    String sealed = bundle.seal(List.of(issuerKey, logKey, clientKey));

    vault.keep(KeyRole.ROOT, rootKey, List.of(root.der()));
    vault.keep(KeyRole.ISSUER, issuerKey, List.of(issuer.der(), root.der()));
    vault.keep(KeyRole.LOG, logKey, List.of());
    vault.keep(KeyRole.SITE_CLIENT, clientKey, List.of(client));
    return new CeremonyRecord(plan, now, bundle, sealed);
  }

  private SoftwareKey generate(SignatureAlgorithm algorithm) {
    return SoftwareKey.generate(algorithm, providers, random);
  }

  private AuthorityTemplate template(Instant now, String subject, SoftwareKey key) {
    return new AuthorityTemplate(
        CertificateSerial.notAPlace(random), now, subject, key.publicKey());
  }

  private static byte[] sign(byte[] tbs, SoftwareKey by) {
    return AuthorityTemplate.certificate(tbs, by.algorithm(), by.sign(tbs));
  }

  private static IssuerCertificate read(byte[] der) {
    try {
      return IssuerCertificate.parse(der);
    } catch (MalformedCertificateException e) {
      throw new IllegalStateException("the ceremony made a certificate that is none", e);
    }
  }

  private static ClientCertificate client(byte[] der) {
    try {
      return ClientCertificate.parse(der);
    } catch (MalformedException e) {
      throw new IllegalStateException("the ceremony made a certificate that is none", e);
    }
  }
}
