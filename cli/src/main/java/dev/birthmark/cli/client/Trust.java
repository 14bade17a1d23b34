package dev.birthmark.cli.client;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.pkix.JcaSignatureVerifier;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.credential.trust.SiteBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The public keys that a verification starts from, as the two bundles name them. */
public final class Trust {

  private Trust() {}

  /** A verifier with the best providers of this machine. */
  public static SignatureVerifier verifier() {
    return new JcaSignatureVerifier(Providers.detect());
  }

  /** Reads a site bundle and checks its signatures. */
  public static SiteBundle siteBundle(Path file, SignatureVerifier verifier) {
    try {
      return SiteBundle.open(read(file), verifier);
    } catch (MalformedException | UnknownVersionException e) {
      throw new NotProvenException(file + " is no site bundle: " + e.getMessage(), e);
    }
  }

  /** Reads an identity bundle. */
  public static IdentityBundle identityBundle(Path file) {
    try {
      return IdentityBundle.parse(read(file));
    } catch (MalformedException | UnknownVersionException e) {
      throw new NotProvenException(file + " is no identity bundle: " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
