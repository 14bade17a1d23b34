package dev.birthmark.cli.installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One installation in its home: makes it, starts it, stops it. Every method that changes something
 * is to be called under the {@link InstallationLock}.
 */
public final class Installation {

  private final Home home;
  private final Map<String, String> environment;

  /**
   * An installation that may or may not exist yet.
   *
   * @param environment where the cache directory is named
   */
  public Installation(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /** Where its state lies. */
  public Home home() {
    return home;
  }

  /** Whether {@link #create} has been done here. */
  public boolean exists() {
    return Ports.exist(home) && Files.exists(postgresData());
  }

  /**
   * Makes keys, passwords, TLS certificates and PostgreSQL with its databases; the ceremony that
   * makes the CA is a matter of its own. A run that was interrupted is done again.
   */
  public void create(Ports ports, Progress progress) {
    SecureRandom random = new SecureRandom();
    progress.now("making keys and passwords");
    PrivateFiles.directory(home.root());
    LocalKeys keys = new LocalKeys(home, random);
    keys.create();
    tls(random).create();
    progress.now("unpacking PostgreSQL");
    PostgresCluster cluster = cluster();
    progress.now("making the databases");
    String superuser = keys.password();
    PrivateFiles.secret(home.operator().resolve("postgres.password"), superuser + "\n");
    List<PostgresRole> roles = new ArrayList<>();
    for (ServiceName service : ServiceName.values()) {
      roles.add(new PostgresRole(service.directory(), databasePassword(service)));
    }
    cluster.create(superuser, roles);
    ports.write(home); // last: from here on the installation exists
  }

  /** Starts everything so that it ends when this process does, however that happens. */
  public AttachedInstallation startAttached(Distribution distribution, Progress progress) {
    AttachedInstallation running = new AttachedInstallation(Ports.read(home));
    try {
      startAttached(distribution, progress, running);
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /**
   * The same, for a caller who may have to stop it before all of it has started.
   *
   * @param running with the ports of this installation; what is started is put into it
   */
  public void startAttached(
      Distribution distribution, Progress progress, AttachedInstallation running) {
    prepare();
    ServiceStarter starter = new ServiceStarter(home, distribution);
    progress.now("starting PostgreSQL");
    running.start(() -> cluster().startAttached(running.ports().postgres()));
    List<AttachedProcess> services = new ArrayList<>();
    for (ServiceName service : ServiceName.values()) {
      services.add(running.start(() -> starter.startAttached(service)));
    }
    for (ServiceName service : ServiceName.values()) {
      progress.now("starting the " + service.directory() + " service");
      starter.awaitReady(service, services.get(service.ordinal())::isAlive);
    }
  }

  /** Starts what does not run yet so that it goes on when this process ends. */
  public Ports startDetached(Distribution distribution, Progress progress) {
    Ports ports = prepare();
    ServiceStarter starter = new ServiceStarter(home, distribution);
    RunState state = RunState.read(home);
    PostgresCluster cluster = cluster();
    if (cluster.running().isEmpty()) {
      progress.now("starting PostgreSQL");
      state = state.with(RunState.POSTGRES, cluster.startDetached(ports.postgres()));
      state.write(home);
    }
    for (ServiceName service : ServiceName.values()) {
      if (!state.alive(service.directory())) {
        state = state.with(service.directory(), starter.startDetached(service));
        state.write(home);
      }
    }
    for (ServiceName service : ServiceName.values()) {
      progress.now("starting the " + service.directory() + " service");
      ProcessMark mark =
          java.util.Objects.requireNonNull(state.processes().get(service.directory()));
      starter.awaitReady(service, () -> mark.alive().isPresent());
    }
    return ports;
  }

  /**
   * Stops what runs, in the reverse order of its start.
   *
   * @return names of the processes that had to be killed
   */
  public List<String> stopDetached(Progress progress) {
    RunState state = RunState.read(home);
    List<String> killed = new ArrayList<>();
    for (ServiceName service : List.of(ServiceName.ENROLLMENT, ServiceName.IDENTITY)) {
      ProcessMark mark = state.processes().get(service.directory());
      if (mark != null) {
        progress.now("stopping the " + service.directory() + " service");
        if (!mark.stop()) {
          killed.add(service.directory());
        }
      }
    }
    if (Files.exists(postgresData())) {
      progress.now("stopping PostgreSQL");
      cluster().stopDetached();
    }
    new RunState(Map.of()).write(home);
    return killed;
  }

  /** Whether PostgreSQL runs. */
  public boolean postgresRuns() {
    return Files.exists(postgresData()) && cluster().running().isPresent();
  }

  /** Whether the service answers its readiness check. */
  public boolean isReady(ServiceName service) {
    return Files.exists(home.portFile(service))
        && new ServiceStarter(home, new Distribution(home.root())).isReady(service);
  }

  private Ports prepare() {
    Ports ports = Ports.read(home);
    tls(new SecureRandom()).issueWhereNeeded();
    ServiceSettings.write(home, ports);
    return ports;
  }

  private Path postgresData() {
    return home.postgres().resolve("PG_VERSION");
  }

  private PostgresCluster cluster() {
    return new PostgresCluster(
        PostgresPrograms.unpacked(environment), home.postgres(), home.log(RunState.POSTGRES));
  }

  private LocalTlsAuthority tls(SecureRandom random) {
    return new LocalTlsAuthority(home, random, InstantSource.system());
  }

  private String databasePassword(ServiceName service) {
    Path file = home.service(service).resolve("db.password");
    try {
      return Files.readString(file).strip();
    } catch (java.io.IOException e) {
      throw new InstallationException("cannot read " + file, e);
    }
  }
}
