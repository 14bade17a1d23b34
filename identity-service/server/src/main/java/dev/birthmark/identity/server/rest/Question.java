package dev.birthmark.identity.server.rest;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.authentication.ConnectionFacts;
import dev.birthmark.identity.authentication.Presented;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backend asks: exactly one of chain, certificate and fingerprint, each certificate as PEM
 * or DER in base64, and what it knows of the connection.
 */
record Question(
    @Nullable List<String> chain,
    @Nullable String certificate,
    @Nullable String fingerprint,
    @Nullable Map<String, String> connection) {

  /** The certificates, if certificates were presented. */
  Optional<Presented.Chain> presentedChain() {
    int named = (chain == null ? 0 : 1) + (certificate == null ? 0 : 1);
    if (named + (fingerprint == null ? 0 : 1) != 1) {
      throw refused("Exactly one of chain, certificate and fingerprint is needed.");
    }
    if (named == 0) {
      return Optional.empty();
    }
    List<String> texts = chain == null ? List.of(String.valueOf(certificate)) : chain;
    List<byte[]> certificates = new ArrayList<>();
    for (String text : texts) {
      certificates.add(der(text));
    }
    return Optional.of(new Presented.Chain(certificates));
  }

  /** The fingerprint, where no certificate was presented. */
  Sha256 presentedFingerprint() {
    try {
      return Sha256.fromHex(String.valueOf(fingerprint).replace(":", "").toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw refused("The fingerprint is not 64 hexadecimal digits.");
    }
  }

  /** What is known of the connection. */
  ConnectionFacts facts() {
    try {
      return connection == null
          ? ConnectionFacts.NONE
          : new ConnectionFacts(new TreeMap<>(connection));
    } catch (IllegalArgumentException e) {
      throw refused("connection: " + e.getMessage());
    }
  }

  /** What is no base64 is handed on as it is: whether it is a certificate is for the decision. */
  private static byte[] der(@Nullable String text) {
    if (text == null) {
      throw refused("A certificate of the chain is null.");
    }
    try {
      return text.contains("-----BEGIN")
          ? PemArmor.read("CERTIFICATE", text.strip() + "\n", Presented.Chain.MAX_OCTETS)
          : Base64.getMimeDecoder().decode(text);
    } catch (MalformedException | IllegalArgumentException e) {
      return new byte[0]; // decided as malformed
    }
  }

  private static RuntimeException refused(String detail) {
    return Problem.of(IdentityProblem.QUESTION, detail).exception();
  }
}
