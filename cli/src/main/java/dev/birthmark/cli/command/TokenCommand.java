package dev.birthmark.cli.command;

import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Role;
import dev.birthmark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a bearer token for other programs. */
@Command(
    name = "token",
    description = "Print a bearer token of this installation, for curl and other programs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: curl --cacert \"$BIRTHMARK_HOME/operator/tls-root.pem\" \\",
      "  -H \"Authorization: Bearer $(birthmark token --role backend)\" https://127.0.0.1:8443/v1/…"
    })
final class TokenCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofDays(1);

  @Mixin private Context context = new Context();

  @Option(
      names = "--role",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      description = "factory, backend, security, auditor or admin; may be repeated.")
  private List<String> roles = List.of();

  @Option(
      names = "--for",
      paramLabel = "SERVICE",
      description = "enrollment or identity (default: enrollment for factory, else identity).")
  private String service = "";

  @Option(
      names = "--party",
      paramLabel = "NAME",
      defaultValue = "birthmark-cli",
      description = "Who acts, as the services record it (default: ${DEFAULT-VALUE}).")
  private String party = "";

  @Option(
      names = "--life",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "How long it is good, at most P1D (default: ${DEFAULT-VALUE}).")
  private Duration life = Duration.ZERO;

  @Override
  public Integer call() {
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
      throw context.usage("--life must be more than nothing and at most a day (P1D)");
    }
    if (!party.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw context.usage("--party must be 1 to 64 of A-Z a-z 0-9 . _ : -");
    }
    EnumSet<Role> wanted = EnumSet.noneOf(Role.class);
    try {
      roles.forEach(role -> wanted.add(Role.parse(role)));
    } catch (IllegalArgumentException e) {
      throw context.usage(String.valueOf(e.getMessage()));
    }
    Audience audience = audience(wanted);
    String token = context.operatorKey().token(audience, wanted, party, life);
    Terminal terminal = context.terminal();
    terminal.say(token);
    terminal.result(
        Context.object()
            .put("token", token)
            .put("audience", audience.claim())
            .put("expiresIn", life.toSeconds()));
    return ExitCode.DONE;
  }

  private Audience audience(EnumSet<Role> wanted) {
    return switch (service) {
      case "enrollment" -> Audience.ENROLLMENT;
      case "identity" -> Audience.IDENTITY;
      case "" -> wanted.contains(Role.FACTORY) ? Audience.ENROLLMENT : Audience.IDENTITY;
      default -> throw context.usage("--for must be enrollment or identity");
    };
  }
}
