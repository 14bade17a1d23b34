package dev.birthmark.bench.bed;

import dev.birthmark.bench.load.Driver;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Sites;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.installation.AttachedInstallation;
import dev.birthmark.cli.installation.AttachedProcess;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.installation.PostgresCluster;
import dev.birthmark.cli.installation.PostgresPrograms;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.installation.Registration;
import dev.birthmark.cli.installation.ServiceName;
import dev.birthmark.cli.installation.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An installation for the time of a run. Services are started when they are first asked for. */
public final class Bed implements AutoCloseable {

  /** The replica that sites push to, at the installation's own ports. */
  public static final String FIRST = "first";

  /** Credentials that an identity service remembers as verified: few, so that each is verified. */
  public static final int REMEMBERED_SIGNATURES = 1_024;

  /** Octets of the answer of the endpoint that decides nothing: as many as an allow has. */
  public static final int EMPTY_ANSWER = 477;

  private static final long PAUSE_MILLIS = 20;
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);

  private final Distribution distribution;
  private final Home home;
  private final AttachedProcess postgres;
  private final OperatorKey operator;
  private final SSLContext tls;
  private final @Nullable SyntheticLog synthetic;
  private final Map<String, RunningService> replicas = new TreeMap<>();
  private @Nullable RunningService enrollment;

  private Bed(
      Distribution distribution,
      Home home,
      AttachedProcess postgres,
      @Nullable SyntheticLog synthetic) {
    this.distribution = distribution;
    this.home = home;
    this.postgres = postgres;
    this.synthetic = synthetic;
    this.operator = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
    this.tls = Tls.context(home.tlsRoot());
  }

  /**
   * Makes an installation with one site, and a second site with synthetic credentials if any are
   * wanted.
   *
   * @param directory where it lies; must not exist yet
   * @param credentials how many synthetic ones, 0 or more
   */
  public static Bed make(
      Distribution distribution, Path directory, int credentials, Consumer<String> progress) {
    Home home = new Home(directory);
    Installation installation = new Installation(home, System.getenv());
    Setup.ensure(installation, null, Ports::free, progress::accept);
    try (AttachedInstallation once = installation.startAttached(distribution, progress::accept)) {
      Registration.ensure(home, once.ports(), progress::accept);
      if (credentials > 0) {
        OperatorKey key = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
        new Sites(
                new ServiceClient(
                    Tls.http(home.tlsRoot()), once.ports().identityUrl(), Audience.IDENTITY, key))
            .add(SyntheticLog.siteBundle(once.ports().publicationUrl()));
      }
    }
    Ports ports = Ports.read(home);
    AttachedProcess postgres =
        new PostgresCluster(
                PostgresPrograms.unpacked(System.getenv()), home.postgres(), home.log("postgresql"))
            .startAttached(ports.postgres());
    try {
      SyntheticLog synthetic =
          credentials == 0
              ? null
              : SyntheticLog.load(
                  ports.postgres(), home.service(ServiceName.IDENTITY), credentials, progress);
      return new Bed(distribution, home, postgres, synthetic);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** The enrollment service, with the first replica that it pushes to. */
  public RunningService enrollment() {
    replica(FIRST, Map.of());
    RunningService running = enrollment;
    if (running == null) {
      running = start(ServiceName.ENROLLMENT, "enrollment", Map.of());
      enrollment = running;
    }
    return running;
  }

  /** Stops the enrollment service, so that it spends nothing while others are measured. */
  public void stopEnrollment() {
    RunningService running = enrollment;
    if (running != null) {
      running.close();
      enrollment = null;
    }
  }

  /**
   * A replica of the identity service by name; started if it does not run.
   *
   * @param settings of its own; the same at every call with that name
   */
  public RunningService replica(String name, Map<String, String> settings) {
    RunningService running = replicas.get(name);
    if (running == null) {
      Map<String, String> more = new TreeMap<>(settings);
      more.put("birthmark.bench.empty-answer", Integer.toString(EMPTY_ANSWER));
      more.put("birthmark.identity.remembered-signatures", Integer.toString(REMEMBERED_SIGNATURES));
      if (!name.equals(FIRST)) {
        for (String port :
            List.of(
                "quarkus.http.ssl-port", "birthmark.device.port", "birthmark.publication.port")) {
          more.put(port, "0");
        }
      }
      running = start(ServiceName.IDENTITY, "identity-" + name, more);
      replicas.put(name, running);
    }
    return running;
  }

  /** Stops every replica but the first. */
  public void stopOtherReplicas() {
    replicas
        .entrySet()
        .removeIf(replica -> {
          boolean other = !replica.getKey().equals(FIRST);
          if (other) {
            replica.getValue().close();
          }
          return other;
        });
  }

  private RunningService start(ServiceName service, String name, Map<String, String> more) {
    Path settings = home.service(service).resolve(service.directory() + ".properties");
    return RunningService.start(
        distribution.jar(service), settings, more, home.log(name), postgres.pid());
  }

  /** The synthetic credentials; only where some were asked for. */
  public SyntheticLog synthetic() {
    if (synthetic == null) {
      throw new IllegalStateException("no synthetic credentials were asked for");
    }
    return synthetic;
  }

  /** A token for these roles. */
  public String token(Audience audience, Role first, Role... more) {
    return operator.token(audience, EnumSet.of(first, more), "birthmark-bench", TOKEN_LIFE);
  }

  /** Trusts the services' certificates. */
  public SSLContext tls() {
    return tls;
  }

  /** The root of the services' certificates. */
  public Path tlsRoot() {
    return home.tlsRoot();
  }

  /** The issuing authority's certificate, PEM. */
  public String issuer() {
    try {
      return Files.readString(home.ca().resolve("issuer.pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A driver of a service. */
  public Driver driver(int clients, RunningService service, Driver.ClientFactory factory) {
    return new Driver(clients, service.meter(), factory);
  }

  @Override
  public void close() {
    stopEnrollment();
    replicas.values().forEach(RunningService::close);
    replicas.clear();
    postgres.close();
    PrivateFiles.deleteTree(home.root());
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BedException("interrupted", e);
    }
  }

  static String tail(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = new ArrayList<>(lines.toList());
      return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
