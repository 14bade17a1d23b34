package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Tls;
import dev.birthmark.cli.client.TokenSource;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Installation;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has, and what follows from them. */
public final class Context {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object instead of text for people.")
  private boolean json;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "Directory of the installation (default: $BIRTHMARK_HOME, else the XDG state directory).")
  private @Nullable Path home;

  @Option(
      names = "--identity",
      paramLabel = "URL",
      description = "Identity service elsewhere, for example https://identity.example:8443.")
  private @Nullable URI identityUrl;

  @Option(names = "--enrollment", paramLabel = "URL", description = "Enrollment service elsewhere.")
  private @Nullable URI enrollmentUrl;

  @Option(
      names = "--tls-root",
      paramLabel = "PEM",
      description = "Root of the services' TLS certificates (default: the installation's).")
  private @Nullable Path tlsRoot;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with a bearer token to use (default: sign one with the operator's key).")
  private @Nullable Path tokenFile;

  @Option(names = "--debug", description = "Print the stack trace of a failure.")
  private boolean debug;

  private @Nullable Terminal terminal;

  /** What the command says goes here. */
  public Terminal terminal() {
    if (terminal == null) {
      terminal = Terminal.ofProcess(json, System.getenv());
    }
    return terminal;
  }

  /** Whether stack traces are wanted. */
  public boolean debug() {
    return debug;
  }

  /** The installation's home. */
  public Home home() {
    return home == null ? Home.of(System.getenv()) : new Home(home);
  }

  /** The installation, which may not exist. */
  public Installation installation() {
    return new Installation(home(), System.getenv());
  }

  /** A client of the identity service. */
  public ServiceClient identity() {
    URI url = identityUrl != null ? identityUrl : ports().identityUrl();
    return new ServiceClient(Tls.http(root()), url, Audience.IDENTITY, tokens());
  }

  /** A client of the enrollment service. */
  public ServiceClient enrollment() {
    URI url = enrollmentUrl != null ? enrollmentUrl : ports().enrollmentUrl();
    return new ServiceClient(Tls.http(root()), url, Audience.ENROLLMENT, tokens());
  }

  /** The key that signs tokens on a first-run installation. */
  public OperatorKey operatorKey() {
    return OperatorKey.read(home().operatorTokenKey(), InstantSource.system());
  }

  /** A new, empty JSON object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A command line that was understood by the parser but makes no sense. */
  public ParameterException usage(String message) {
    return new ParameterException(
        java.util.Objects.requireNonNull(spec, "picocli fills it in").commandLine(), message);
  }

  private Ports ports() {
    if (!installation().exists()) {
      throw new UnavailableException(
          "there is no installation in "
              + home()
              + "; make one with birthmark up, or name a service with --identity or --enrollment");
    }
    return Ports.read(home());
  }

  private Path root() {
    return tlsRoot != null ? tlsRoot : home().tlsRoot();
  }

  private TokenSource tokens() {
    Path file = tokenFile;
    if (file == null) {
      return operatorKey();
    }
    return (audience, roles) -> {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new UnavailableException("cannot read the token in " + file, e);
      }
    };
  }
}
