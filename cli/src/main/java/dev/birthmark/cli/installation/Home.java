package dev.birthmark.cli.installation;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory in which a local installation keeps everything that it knows. Nothing of it lies
 * anywhere else, but for the unpacked PostgreSQL programs, which can be made again.
 *
 * @param root absolute path; need not exist yet
 */
public record Home(Path root) {

  /** The variable that names the directory; without it the XDG state directory is used. */
  public static final String VARIABLE = "BIRTHMARK_HOME";

  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** The home that the environment names, else {@code birthmark} in the XDG state directory. */
  public static Home of(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isBlank()) {
      return new Home(Path.of(named));
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return new Home(base.resolve("birthmark"));
  }

  /** PostgreSQL's data. */
  public Path postgres() {
    return root.resolve("pg");
  }

  /** What runs at the moment, and the lock that allows one command at a time to change it. */
  public Path run() {
    return root.resolve("run");
  }

  /** Where the service writes the ports that it really listens on, once it is ready. */
  public Path portFile(ServiceName service) {
    return run().resolve(service.directory() + "-ports.json");
  }

  /** One log file for each process. */
  public Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  /** What the key ceremony published: plan, root, issuer and site bundle; nothing secret. */
  public Path ca() {
    return root.resolve("ca");
  }

  /** The root's key, which no service reads; to be carried away and kept offline. */
  public Path rootOffline() {
    return root.resolve("root-offline");
  }

  /** Everything that one service reads. */
  public Path service(ServiceName service) {
    return root.resolve(service.directory());
  }

  /** The operator's token key, the CA of the services' TLS certificates, noted checkpoints. */
  public Path operator() {
    return root.resolve("operator");
  }

  /** The certificate of the CA that issued the services' TLS certificates. */
  public Path tlsRoot() {
    return operator().resolve("tls-root.pem");
  }

  /** The key with which the command line signs its own short tokens. */
  public Path operatorTokenKey() {
    return operator().resolve("token-key.pem");
  }

  /** The site bundle that the ceremony wrote. */
  public Path siteBundle() {
    return ca().resolve("site-bundle.pem");
  }

  /** The identity bundle with which the identity service answered the site's registration. */
  public Path identityBundle() {
    return service(ServiceName.ENROLLMENT).resolve("identity-bundle.pem");
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
