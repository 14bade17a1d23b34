package dev.birthmark.bench.figure;

import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.bed.RunningService;
import dev.birthmark.bench.load.Connection;
import dev.birthmark.bench.load.DeviceIdentity;
import dev.birthmark.bench.load.Driver;
import dev.birthmark.bench.measure.Pairs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** New connections with a full mutual handshake beside the same server on the JDK's TLS. */
final class FullHandshake implements Figure {

  private static final int CLIENTS = 16;

  @Override
  public String name() {
    return "handshake.full.vs-jsse";
  }

  @Override
  public String unit() {
    return "ratio";
  }

  @Override
  public double reach() {
    return 3;
  }

  @Override
  public Reading measure(Scene scene) {
    Fleet fleet = scene.fleet();
    scene.bed().stopEnrollment();
    RunningService first = scene.bed().replica(Bed.FIRST, Map.of());
    RunningService jsse =
        scene
            .bed()
            .replica(
                "jsse",
                Map.of("birthmark.device.engine", "jsse", "birthmark.crypto.native", "false"));
    TrustManager[] trust = trust(scene.bed());
    Pairs pairs =
        Pairs.compare(
            driver(scene, fleet, first, trust),
            driver(scene, fleet, jsse, trust),
            scene.plan(),
            scene.progress());
    scene.bed().stopOtherReplicas();
    return new Reading(
        pairs.ratio(),
        ("new connection, full mutual TLS 1.3 handshake (P-256 keys and group, the client sends"
                + " leaf and issuer), GET /me and close on the device port (%d clients, %,d devices"
                + " in turn, of which the replica remembers %,d, so each leaf is verified) beside a"
                + " replica on JSSE without the native provider, per CPU-second of the replica and"
                + " its database; the driver shares the cores")
            .formatted(CLIENTS, fleet.devices().size(), Bed.REMEMBERED_SIGNATURES),
        pairs.rates());
  }

  private static Driver driver(
      Scene scene, Fleet fleet, RunningService server, TrustManager[] trust) {
    AtomicInteger next = new AtomicInteger();
    byte[] request = Connection.get(server.device(), "/me");
    List<DeviceIdentity> devices = fleet.devices();
    return scene
        .bed()
        .driver(
            CLIENTS,
            server,
            number ->
                () -> {
                  DeviceIdentity device =
                      devices.get(Math.floorMod(next.getAndIncrement(), devices.size()));
                  try (Connection connection =
                      Connection.open(device.freshContext(trust), server.device())) {
                    Connection.Answer answer = connection.exchange(request);
                    if (answer.status() != 200) {
                      throw new BedException("HTTP " + answer.status() + ": " + answer.text());
                    }
                    return 1;
                  }
                });
  }

  private static TrustManager[] trust(Bed bed) {
    try (InputStream root = Files.newInputStream(bed.tlsRoot())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(root));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new BedException("the root of the services' certificates cannot be read", e);
    }
  }
}
