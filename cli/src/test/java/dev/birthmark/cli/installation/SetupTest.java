package dev.birthmark.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.cli.client.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {

  @TempDir Path directory;

  @Test
  void makesAnInstallationOnceAndKeepsItsSecretsFromOthers() throws Exception {
    Home home = new Home(directory.resolve("home"));
    Installation installation = new Installation(home, System.getenv());
    Setup.ensure(installation, null, Ports::free, Progress.silent());

    assertThat(installation.exists()).isTrue();
    assertThat(modes(home.root()))
        .as("every key, passphrase and password, and nothing else that is secret")
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                secret("root-offline/root.p12"),
                secret("root-offline/root.pass"),
                secret("enrollment/issuer.p12"),
                secret("enrollment/issuer.pass"),
                secret("enrollment/log-key.pem"),
                secret("enrollment/site-client-key.pem"),
                secret("enrollment/db.password"),
                secret("identity/db.password"),
                secret("identity/token-key.pem"),
                secret("identity/cosigner-key.pem"),
                secret("identity/tag.key"),
                secret("operator/token-key.pem"),
                secret("operator/tls-root-key.pem"),
                secret("operator/postgres.password")));
    assertThat(Trust.siteBundle(home.siteBundle(), Trust.verifier()).baseUrls().getFirst().value())
        .isEqualTo(Ports.read(home).publicationUrl().toString());

    byte[] before = Files.readAllBytes(home.operatorTokenKey());
    Setup.ensure(installation, null, Ports::free, Progress.silent());
    assertThat(Files.readAllBytes(home.operatorTokenKey())).isEqualTo(before);
  }

  @Test
  void issuesTlsCertificatesThatTheirRootVouchesFor() throws Exception {
    Home home = new Home(directory.resolve("home"));
    LocalTlsAuthority authority =
        new LocalTlsAuthority(
            home, new java.security.SecureRandom(), java.time.InstantSource.system());
    authority.create();
    authority.issueWhereNeeded();
    X509Certificate root = certificate(home.tlsRoot());
    root.verify(root.getPublicKey());
    for (ServiceName service : ServiceName.values()) {
      Path file = home.service(service).resolve("tls.pem");
      X509Certificate server = certificate(file);
      server.verify(root.getPublicKey());
      assertThat(server.getSubjectAlternativeNames())
          .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
      byte[] before = Files.readAllBytes(file);
      authority.issueWhereNeeded();
      assertThat(Files.readAllBytes(file)).as("still good").isEqualTo(before);
    }
  }

  @Test
  void saysWhatIsWrongWithAPlan() {
    KeyCeremony ceremony = new KeyCeremony(new Home(directory.resolve("home")));
    assertThatThrownBy(() -> ceremony.hold("site: x\n"))
        .isInstanceOf(InstallationException.class)
        .hasMessageContaining("tenant")
        .hasMessageContaining("birthmark ca plan");
    assertThatThrownBy(() -> ceremony.hold("- [")).isInstanceOf(InstallationException.class);
    assertThat(ceremony.held()).isFalse();
  }

  private static Map.Entry<String, String> secret(String file) {
    return Map.entry(file, "rw-------");
  }

  /** The files outside of PostgreSQL's own directory that only their owner may read. */
  private static Map<String, String> modes(Path root) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        String name = root.relativize(file).toString();
        if (!name.startsWith("pg/") && mode.endsWith("------")) {
          modes.put(name, mode);
        }
      }
    }
    return modes;
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
