package dev.birthmark.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Withdraw trust for good. */
@Command(name = "revoke", description = "Withdraw trust for good.", mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {

  @Mixin private ChangeOfTrust change = new ChangeOfTrust();

  @Override
  public Integer call() {
    return change.make("revoke", "revoked");
  }
}
