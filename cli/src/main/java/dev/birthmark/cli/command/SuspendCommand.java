package dev.birthmark.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Withdraw trust for a time; restore gives it back. */
@Command(
    name = "suspend",
    description = "Withdraw trust for a time; restore gives it back.",
    mixinStandardHelpOptions = true)
final class SuspendCommand implements Callable<Integer> {

  @Mixin private ChangeOfTrust change = new ChangeOfTrust();

  @Override
  public Integer call() {
    return change.make("suspend", "suspended");
  }
}
