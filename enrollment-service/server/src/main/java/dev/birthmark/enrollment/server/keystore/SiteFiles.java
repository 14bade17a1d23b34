package dev.birthmark.enrollment.server.keystore;

import dev.birthmark.credential.custody.KeyFiles;
import dev.birthmark.credential.custody.SoftwareKey;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.credential.trust.SiteBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What the key ceremony wrote into the site's folder, and the identity bundle once it is there. */
public final class SiteFiles {

  private final Path directory;
  private final Providers providers;
  private final SiteBundle bundle;

  /** Reads the site bundle and checks its signatures. */
  public SiteFiles(Path directory, Providers providers, SignatureVerifier verifier) {
    this.directory = directory;
    this.providers = providers;
    try {
      this.bundle = SiteBundle.open(Files.readString(path("site-bundle.pem")), verifier);
    } catch (IOException e) {
      throw new UncheckedIOException("the site bundle cannot be read; run birthmark ca init", e);
    } catch (MalformedException | UnknownVersionException e) {
      throw new IllegalStateException("the site bundle is no bundle: " + e.getMessage(), e);
    }
  }

  /** Who the site is. */
  public SiteBundle bundle() {
    return bundle;
  }

  /** The site's issuer. */
  public IssuerCertificate issuer() {
    return bundle.issuers().get(0);
  }

  /** The key of the issuer. */
  public SoftwareKey issuerKey() {
    return KeyFiles.readPkcs12(
        path("issuer.p12"),
        path("issuer.pass"),
        signatureOf(issuer().publicKey().algorithm()),
        providers);
  }

  /** The log as it is known: first origin and key. */
  public NoteKey log() {
    return bundle.logs().get(0);
  }

  /** The key of the log. */
  public SoftwareKey logKey() {
    return KeyFiles.readPem(
        path("log-key.pem"), log().key(), SignatureAlgorithm.ED25519, providers);
  }

  /** The identity service's answer to the registration; empty until the site was registered. */
  public Optional<IdentityBundle> identityBundle() {
    try {
      return Optional.of(IdentityBundle.parse(Files.readString(path("identity-bundle.pem"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the identity bundle cannot be read", e);
    } catch (MalformedException | UnknownVersionException e) {
      throw new IllegalStateException("the identity bundle is no bundle: " + e.getMessage(), e);
    }
  }

  /** A file of the site's folder. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** What an issuer's key signs with, unless a ceremony says otherwise. */
  private static SignatureAlgorithm signatureOf(KeyAlgorithm key) {
    return switch (key) {
      case P256 -> SignatureAlgorithm.ECDSA_SHA256;
      case P384 -> SignatureAlgorithm.ECDSA_SHA384;
      case ED25519 -> SignatureAlgorithm.ED25519;
      case RSA -> SignatureAlgorithm.RSA_SHA256;
      case ML_DSA_44 -> SignatureAlgorithm.ML_DSA_44;
      case ML_DSA_65 -> SignatureAlgorithm.ML_DSA_65;
      case ML_DSA_87 -> SignatureAlgorithm.ML_DSA_87;
    };
  }
}
