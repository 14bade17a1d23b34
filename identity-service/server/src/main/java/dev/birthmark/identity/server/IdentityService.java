package dev.birthmark.identity.server;

import dev.birthmark.edge.life.ServiceLife;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts a replica of the identity service. */
@QuarkusMain
public final class IdentityService {

  private IdentityService() {}

  /** Runs until it is told to end. */
  public static void main(String... arguments) {
    Quarkus.run(ServiceLife.class, arguments);
  }
}
