package dev.birthmark.enrollment.server;

import dev.birthmark.edge.life.ServiceLife;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the enrollment service. */
@QuarkusMain
public final class EnrollmentService {

  private EnrollmentService() {}

  /** Runs until it is told to end. */
  public static void main(String... arguments) {
    Quarkus.run(ServiceLife.class, arguments);
  }
}
