package dev.birthmark.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.identity.registry.Site;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.testkit.pki.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Replays the certification-path cases of C2SP x509-limbo, which lie in a folder beside the
 * checkout; skipped where they are not. A root becomes a site's root, the intermediates that the
 * root issued become its issuers, as registering a site does it; the leaf is what a device
 * presents, but that a server's is checked for a server's purpose. What differs from the expected
 * result is what {@code docs/divergences.md} lists, no more and no less.
 */
class LimboTest {
  private static final Path CASES = Path.of("shared", "vectors", "x509-limbo-part.json");
  private static final Pattern LISTED = Pattern.compile("^\\| `([a-z0-9:.-]+::[^`]+)` \\|");
  private final SignatureVerifier verifier = TestPki.verifier();

  @Test
  void differsFromTheExpectedResultsOnlyWhereTheDocumentSaysSo() throws IOException {
    Path checkout = checkout();
    Path cases = checkout.resolveSibling(CASES);
    assumeTrue(Files.exists(cases), "the vectors are not beside the checkout");
    SortedMap<String, String> differences = new TreeMap<>();
    for (Object one : Json.array(Json.parse(Files.readString(cases)), "testcases")) {
      boolean expected = Json.text(one, "expected_result").equals("SUCCESS");
      String actual = replay(one);
      if (expected != actual.equals("allow")) {
        differences.put(Json.text(one, "id"), actual);
      }
    }
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(checkout.resolve("docs/divergences.md"))) {
      Matcher matcher = LISTED.matcher(line);
      if (matcher.find()) {
        listed.add(matcher.group(1));
      }
    }
    assertThat(differences.keySet())
        .as("differences: %s", differences)
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  private String replay(Object one) {
    Instant now =
        Json.isNull(one, "validation_time")
            ? TestPki.NOW
            : OffsetDateTime.parse(Json.text(one, "validation_time")).toInstant();
    TrustAnchors anchors =
        anchors(
            ders(Json.array(one, "trusted_certs")),
            ders(Json.array(one, "untrusted_intermediates")));
    DeviceCertificate leaf;
    try {
      leaf = DeviceCertificate.parse(der(Json.text(one, "peer_certificate")));
    } catch (MalformedCertificateException e) {
      return e.getMessage();
    }
    Optional<String> unfit =
        Json.text(one, "validation_kind").equals("SERVER")
            ? leaf.faultFor("1.3.6.1.5.5.7.3.1", "serverAuth")
            : leaf.faultAsDevice();
    if (unfit.isPresent()) {
      return unfit.get();
    }
    PathCheck path = PathCheck.path(leaf, anchors, new VerifiedSignatures(verifier, 16), now);
    return switch (path) {
      case PathCheck.Good good -> "allow";
      case PathCheck.Fault fault -> fault.reason().text() + ", " + fault.detail();
    };
  }

  /** The roots themselves issue in many cases; that is as if the ceremony had made only a root. */
  private TrustAnchors anchors(List<byte[]> roots, List<byte[]> intermediates) {
    List<IssuerCertificate> trusted = readable(roots);
    List<IssuerCertificate> issuers = new ArrayList<>(trusted);
    for (IssuerCertificate candidate : readable(intermediates)) {
      if (trusted.stream()
          .anyMatch(root ->
              candidate.issuer().equals(root.subject())
                  && candidate.isSignedBy(root.publicKey(), verifier))) {
        issuers.add(candidate);
      }
    }
    return TrustAnchors.of(
        List.of(new Site(new SiteName("limbo", "limbo"), 1, issuers, List.of(TestPki.BASE))));
  }

  private static List<IssuerCertificate> readable(List<byte[]> ders) {
    List<IssuerCertificate> certificates = new ArrayList<>();
    for (byte[] der : ders) {
      try {
        certificates.add(IssuerCertificate.parse(der));
      } catch (MalformedCertificateException e) {
        // A site whose bundle had it could not be registered.
      }
    }
    return certificates;
  }

  private static List<byte[]> ders(List<Object> pems) {
    return pems.stream().map(pem -> der(String.valueOf(pem))).toList();
  }

  private static byte[] der(String pem) {
    String base64 = pem.replaceAll("-----[^-]*-----", "");
    return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
