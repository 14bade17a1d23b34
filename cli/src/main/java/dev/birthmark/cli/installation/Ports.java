package dev.birthmark.cli.installation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The loopback ports of an installation, chosen once and kept, because addresses stand in
 * certificates, scripts and other people's settings. Each is 1 to 65,535.
 *
 * @param postgres PostgreSQL
 * @param enrollment API of the enrollment service
 * @param identity API of the identity service
 * @param device mutual TLS for devices
 * @param publication plain HTTP for issuers, OCSP and CRLs; the base address of certificates
 */
public record Ports(int postgres, int enrollment, int identity, int device, int publication) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Ports USUAL = new Ports(54329, 9443, 8443, 8444, 8080);

  /** The usual ports where they are free, others where they are not. */
  public static Ports usual() {
    return chosen(USUAL);
  }

  /** Any free ports: for an installation that is gone before long. */
  public static Ports free() {
    return chosen(new Ports(0, 0, 0, 0, 0));
  }

  /** Reads the ports that the installation has; empty file means none yet. */
  public static Ports read(Home home) {
    try {
      return MAPPER.readValue(file(home).toFile(), Ports.class);
    } catch (IOException e) {
      throw new InstallationException(
          "cannot read " + file(home) + ", the installation's ports", e);
    }
  }

  void write(Home home) {
    try {
      PrivateFiles.open(file(home), MAPPER.writeValueAsString(this) + "\n");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean exist(Home home) {
    return Files.exists(file(home));
  }

  /** With the publication port that a base URL on this machine names, if it names one. */
  public Ports servingBase(URI base) {
    boolean here =
        "http".equals(base.getScheme())
            && Set.of("127.0.0.1", "localhost").contains(String.valueOf(base.getHost()))
            && base.getPort() > 0;
    return here ? new Ports(postgres, enrollment, identity, device, base.getPort()) : this;
  }

  /** Address of the enrollment service's API. */
  public URI enrollmentUrl() {
    return URI.create("https://127.0.0.1:" + enrollment);
  }

  /** Address of the identity service's API. */
  public URI identityUrl() {
    return URI.create("https://127.0.0.1:" + identity);
  }

  /** Address of the port that devices connect to. */
  public URI deviceUrl() {
    return URI.create("https://127.0.0.1:" + device);
  }

  /** Address of what is published for everybody. */
  public URI publicationUrl() {
    return URI.create("http://127.0.0.1:" + publication);
  }

  private static Ports chosen(Ports wish) {
    Set<Integer> taken = new HashSet<>();
    return new Ports(
        choose(wish.postgres, taken),
        choose(wish.enrollment, taken),
        choose(wish.identity, taken),
        choose(wish.device, taken),
        choose(wish.publication, taken));
  }

  private static int choose(int wish, Set<Integer> taken) {
    int port = wish != 0 && FreePorts.isFree(wish) ? wish : FreePorts.any();
    while (!taken.add(port)) {
      port = FreePorts.any();
    }
    return port;
  }

  private static Path file(Home home) {
    return home.run().resolve("ports.json");
  }
}
