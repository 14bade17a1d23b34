package dev.birthmark.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.load.Candidate;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.load.DeviceIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Devices that were really enrolled and are registered, each with a key of its own.
 *
 * @param devices at least {@value #SIZE}
 */
record Fleet(List<DeviceIdentity> devices) {

  /** How many: more than caches of the JDK and of the services hold. */
  static final int SIZE = 8_192;

  private static final int LINES = 512;
  private static final int PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Fleet enroll(Scene scene) {
    scene.progress().accept("enrolling " + SIZE + " devices");
    Factory factory = new Factory(scene);
    List<DeviceIdentity> devices = new ArrayList<>(SIZE);
    try (Connection connection = factory.connect()) {
      X509Certificate issuer = certificate(scene.bed().issuer());
      while (devices.size() < SIZE) {
        List<Candidate> candidates = Stream.generate(factory::candidate).limit(LINES).toList();
        List<String> answers =
            connection.exchange(factory.batch(candidates)).text().lines().toList();
        for (int i = 0; i < LINES; i++) {
          JsonNode answer = JSON.readTree(answers.get(i));
          if (answer.path("status").asInt() != 201) {
            throw new BedException("a device is not enrolled: " + answer);
          }
          Candidate candidate = candidates.get(i);
          devices.add(
              new DeviceIdentity(
                  candidate.deviceId(),
                  candidate.keys().getPrivate(),
                  new X509Certificate[] {
                    certificate(answer.path("certificate").asText()), issuer
                  }));
        }
      }
    } catch (IOException e) {
      throw new BedException("the devices cannot be enrolled", e);
    }
    awaitRegistered(scene, devices.getLast());
    return new Fleet(devices);
  }

  /** A question about a device that shows its leaf. */
  static String question(DeviceIdentity device) {
    try {
      return "{\"certificate\":\""
          + Base64.getEncoder().encodeToString(device.chain()[0].getEncoded())
          + "\"}";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitRegistered(Scene scene, DeviceIdentity last) {
    scene.progress().accept("waiting until the devices are registered");
    Asker asker = new Asker(scene, scene.bed().replica(Bed.FIRST, Map.of()));
    byte[] question = asker.decision(question(last));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try (Connection connection = asker.connect()) {
      String answer = connection.exchange(question).text();
      while (!answer.contains("\"allow\"")) {
        if (System.nanoTime() > end) {
          throw new BedException("the devices are not registered: " + answer);
        }
        TimeUnit.MILLISECONDS.sleep(50);
        answer = connection.exchange(question).text();
      }
    } catch (IOException e) {
      throw new BedException("nothing is decided", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BedException("interrupted", e);
    }
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new BedException("what was issued is no certificate", e);
    }
  }
}
