package dev.birthmark.enrollment.server.config;

import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.enrollment.issuance.Enrollments;
import dev.birthmark.enrollment.issuance.Issuance;
import dev.birthmark.enrollment.issuance.Issuer;
import dev.birthmark.enrollment.issuance.IssuingProfile;
import dev.birthmark.enrollment.issuance.LogPublication;
import dev.birthmark.enrollment.issuance.LogSigner;
import dev.birthmark.enrollment.profile.BuiltInProfiles;
import dev.birthmark.enrollment.registration.Registration;
import dev.birthmark.enrollment.request.RequestGate;
import dev.birthmark.enrollment.server.keystore.ParallelCustody;
import dev.birthmark.enrollment.server.keystore.SiteFiles;
import dev.birthmark.enrollment.server.store.SqlBlockedKeys;
import dev.birthmark.enrollment.server.store.SqlSiteStore;
import dev.birthmark.enrollment.site.ClockGuard;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.TreeSet;
import org.hibernate.SessionFactory;
import org.jboss.logging.Logger;

/**
 * Puts the site together: the domain's parts, with this process's clock, randomness and database.
 */
final class SiteParts {

  private static final Logger LOG = Logger.getLogger(SiteParts.class);

  @Produces
  @Singleton
  Providers providers() {
    Providers providers = Providers.detect();
    LOG.infof("cryptography by %s", providers);
    return providers;
  }

  @Produces
  @Singleton
  SignatureVerifier verifier(Providers providers) {
    return new JcaSignatureVerifier(providers);
  }

  @Produces
  @Singleton
  SiteFiles files(SiteSettings settings, Providers providers, SignatureVerifier verifier) {
    return new SiteFiles(settings.directory(), providers, verifier);
  }

  @Produces
  @Singleton
  SqlSiteStore store(SessionFactory sessions) {
    return new SqlSiteStore(sessions);
  }

  @Produces
  @Singleton
  ClockGuard clockGuard() {
    return new ClockGuard(InstantSource.system(), System::nanoTime);
  }

  @Produces
  @Singleton
  LogSigner logSigner(SiteFiles files) {
    return new LogSigner(files.log().name(), files.logKey());
  }

  @Produces
  @Singleton
  Issuance issuance(
      SqlSiteStore store,
      SiteFiles files,
      LogSigner logSigner,
      ClockGuard clockGuard,
      SignatureVerifier verifier) {
    SecureRandom random = new SecureRandom();
    return new Issuance(
        store,
        files.bundle().site(),
        new Issuer(
            files.issuer(), new ParallelCustody(files.issuerKey()), files.bundle().baseUrl()),
        logSigner,
        BuiltInProfiles.all(),
        InstantSource.system(),
        System::nanoTime,
        clockGuard,
        random::nextLong,
        verifier);
  }

  @Produces
  @Singleton
  Registration registration(SqlSiteStore store, SiteFiles files) {
    TreeSet<String> profiles = new TreeSet<>();
    BuiltInProfiles.all().stream().map(IssuingProfile::name).forEach(profiles::add);
    return new Registration(
        store,
        InstantSource.system(),
        files.bundle().tenant(),
        BuiltInProfiles.IDEVID.name(),
        profiles);
  }

  @Produces
  @Singleton
  Enrollments enrollments(SqlSiteStore store) {
    return new Enrollments(store);
  }

  @Produces
  @Singleton
  LogPublication publication(SqlSiteStore store) {
    return new LogPublication(store);
  }

  @Produces
  @Singleton
  RequestGate gate(SessionFactory sessions, SignatureVerifier verifier) {
    return new RequestGate(
        EnumSet.allOf(KeyAlgorithm.class), new SqlBlockedKeys(sessions), verifier);
  }
}
