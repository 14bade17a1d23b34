package dev.birthmark.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.credential.pkix.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A device that was enrolled, and what it was answered.
 *
 * @param id its id
 * @param key which it made itself
 * @param enrollment the answer
 */
record Device(String id, DeviceKey key, JsonNode enrollment) {

  /** Its certificate, PEM. */
  String certificate() {
    return enrollment.path("certificate").asText();
  }

  /** Where it stands in the log. */
  long index() {
    return enrollment.path("log").path("index").asLong();
  }

  /** SHA-256 of its certificate. */
  Sha256 fingerprint() {
    return Sha256.fromHex(enrollment.path("fingerprint").asText());
  }

  /** The certificates that it shows, its own first. */
  List<X509Certificate> chain() {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (JsonNode pem : enrollment.path("chain")) {
        byte[] octets = pem.asText().getBytes(StandardCharsets.UTF_8);
        chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets)));
      }
      return chain;
    } catch (CertificateException e) {
      throw new AssertionError("the chain of " + id + " cannot be read", e);
    }
  }

  /** The device at the platform's door. */
  DeviceClient connecting(Platform platform) {
    return connecting(platform, platform.ports().deviceUrl());
  }

  /** The device at another replica's door. */
  DeviceClient connecting(Platform platform, java.net.URI door) {
    return new DeviceClient(platform.home().tlsRoot(), door, key.pair().getPrivate(), chain());
  }

  /** Asks for a token, on a new connection. */
  DeviceClient.Outcome askForToken(Platform platform) {
    try {
      return connecting(platform)
          .postFull("/token", "grant_type=client_credentials&client_id=" + id);
    } catch (IOException e) {
      throw new AssertionError("nobody is at the device port", e);
    }
  }

  /** Writes {@code ID.pem} with the chain and {@code ID-key.pem}, as other programs read them. */
  Path write(Path directory) throws IOException {
    StringBuilder chain = new StringBuilder();
    enrollment.path("chain").forEach(pem -> chain.append(pem.asText().strip()).append('\n'));
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(id + "-key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.pair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    return Files.writeString(directory.resolve(id + ".pem"), chain);
  }

  /** What it was answered, as JSON. */
  static JsonNode json(String text) {
    try {
      return ServiceClient.JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
