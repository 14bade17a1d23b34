package dev.birthmark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.DeviceClient;
import dev.birthmark.cli.client.DeviceKey;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that was enrolled, and what it got.
 *
 * @param id its id
 * @param key which it made itself
 * @param enrollment the answer to its enrollment
 */
record DemoDevice(String id, DeviceKey key, JsonNode enrollment) {

  /** Its certificate, PEM. */
  String certificate() {
    return enrollment.path("certificate").asText();
  }

  /** The device as a TLS client. */
  DeviceClient connectingTo(URI port, Path tlsRoot) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (JsonNode pem : enrollment.path("chain")) {
        chain.add(
            (X509Certificate)
                factory.generateCertificate(
                    new ByteArrayInputStream(pem.asText().getBytes(StandardCharsets.UTF_8))));
      }
    } catch (CertificateException e) {
      throw new StepFailed("the chain of " + id + " cannot be read: " + e.getMessage());
    }
    return new DeviceClient(tlsRoot, port, key.pair().getPrivate(), chain);
  }
}
