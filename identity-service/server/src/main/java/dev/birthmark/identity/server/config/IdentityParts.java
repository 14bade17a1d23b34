package dev.birthmark.identity.server.config;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.identity.authentication.Decider;
import dev.birthmark.identity.authentication.FingerprintResolver;
import dev.birthmark.identity.authentication.Policy;
import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.authentication.VerifiedSignatures;
import dev.birthmark.identity.registry.Alarms;
import dev.birthmark.identity.registry.Cosigner;
import dev.birthmark.identity.registry.Devices;
import dev.birthmark.identity.registry.Ingest;
import dev.birthmark.identity.registry.Registration;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.SiteDirectory;
import dev.birthmark.identity.registry.Sites;
import dev.birthmark.identity.registry.TagKey;
import dev.birthmark.identity.revocation.Changes;
import dev.birthmark.identity.revocation.Consumers;
import dev.birthmark.identity.revocation.Feed;
import dev.birthmark.identity.revocation.HeadSigner;
import dev.birthmark.identity.server.store.SqlRegistryStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.SessionFactory;

/** Puts the service together: the domain's parts, with this replica's clocks, keys and database. */
final class IdentityParts {

  @Produces
  @Singleton
  SignatureVerifier verifier(Providers providers) {
    return new JcaSignatureVerifier(providers);
  }

  @Produces
  @Singleton
  RegistryStore store(SessionFactory sessions) {
    return new SqlRegistryStore(sessions);
  }

  @Produces
  @Singleton
  BaseUrl baseUrl(@ConfigProperty(name = "birthmark.base-url") String url) {
    return new BaseUrl(url);
  }

  @Produces
  @Singleton
  HeadSigner heads(BaseUrl base, CosignerFile file) {
    return new HeadSigner(base, file.custody());
  }

  @Produces
  @Singleton
  Cosigner cosigner(BaseUrl base, CosignerFile file) {
    return new Cosigner(schemeless(base) + "/cosigner", file.custody());
  }

  /** A cosigner's name is a URL without a scheme (C2SP tlog-cosignature). */
  private static String schemeless(BaseUrl base) {
    return base.value().replaceFirst("^[a-z]+://", "");
  }

  /** The key that cosigns logs and signs heads of the feed. */
  record CosignerFile(KeyCustody custody) {}

  @Produces
  @Singleton
  CosignerFile cosignerFile(IdentitySettings settings, Providers providers) {
    return new CosignerFile(
        KeyFiles.readPem(
            settings.directory().resolve("cosigner-key.pem"),
            SignatureAlgorithm.ED25519,
            providers));
  }

  @Produces
  @Singleton
  TagKey tags(IdentitySettings settings) {
    Path file = settings.directory().resolve("tag.key");
    try {
      return new TagKey(Base64.getMimeDecoder().decode(Files.readString(file).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException("the key of the tags cannot be read", e);
    }
  }

  @Produces
  @Singleton
  SiteDirectory directory(SignatureVerifier verifier) {
    return new SiteDirectory(verifier);
  }

  @Produces
  @Singleton
  Feed feed(HeadSigner heads) {
    return new Feed(heads);
  }

  @Produces
  @Singleton
  Sites sites(
      RegistryStore store,
      SignatureVerifier verifier,
      Cosigner cosigner,
      HeadSigner heads,
      IdentitySettings settings) {
    return new Sites(store, verifier, cosigner, heads, certificates(settings.tlsRoots()));
  }

  private static List<Octets> certificates(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      List<Octets> roots = new ArrayList<>();
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        roots.add(new Octets(root.getEncoded()));
      }
      return roots;
    } catch (IOException e) {
      throw new UncheckedIOException("birthmark.identity.tls-roots cannot be read", e);
    } catch (CertificateException e) {
      throw new IllegalStateException("birthmark.identity.tls-roots has no certificates", e);
    }
  }

  @Produces
  @Singleton
  Ingest ingest(
      RegistryStore store,
      SiteDirectory directory,
      SignatureVerifier verifier,
      TagKey tags,
      Feed feed,
      Cosigner cosigner) {
    return new Ingest(store, directory, verifier, new Registration(tags, feed), cosigner);
  }

  @Produces
  @Singleton
  Replica replica(RegistryStore store, SiteDirectory directory, InstantSource clock) {
    return new Replica(store, directory, System::nanoTime, clock);
  }

  @Produces
  @Singleton
  Changes changes(RegistryStore store, Feed feed, Replica replica) {
    return new Changes(store, feed, replica);
  }

  @Produces
  @Singleton
  Consumers consumers(RegistryStore store) {
    return new Consumers(store);
  }

  @Produces
  @Singleton
  Devices devices(RegistryStore store) {
    return new Devices(store);
  }

  @Produces
  @Singleton
  Alarms alarms(RegistryStore store) {
    return new Alarms(store);
  }

  @Produces
  @Singleton
  Decider decider(SignatureVerifier verifier, TagKey tags, IdentitySettings settings) {
    return new Decider(new VerifiedSignatures(verifier, settings.rememberedSignatures()), tags);
  }

  @Produces
  @Singleton
  FingerprintResolver fingerprints(RegistryStore store, IdentitySettings settings) {
    return new FingerprintResolver(
        fingerprint -> store.read(tx -> tx.credentials().byFingerprint(fingerprint)),
        settings.rememberedFingerprints());
  }

  @Produces
  @Singleton
  Policy policy(StatusSettings settings) {
    return new Policy(
        settings.stalenessBound(), new TreeSet<>(settings.staleAllowModels().orElse(List.of())));
  }
}
