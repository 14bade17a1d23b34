package dev.birthmark.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lift holds. Revoked stays revoked. */
@Command(
    name = "restore",
    description = "Lift holds. Revoked stays revoked.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Mixin private ChangeOfTrust change = new ChangeOfTrust();

  @Override
  public Integer call() {
    return change.make("restore", "restored");
  }
}
