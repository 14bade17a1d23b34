package dev.birthmark.identity.server.replica;

import dev.birthmark.identity.authentication.Replica;
import dev.birthmark.identity.authentication.StatusView;
import dev.birthmark.identity.server.config.StatusSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the status is fresh, the database is the known one and the clocks agree. */
@Readiness
@Singleton
public class StatusReadiness implements HealthCheck {

  /** How far this replica's clock may be from the database's. */
  private static final Duration CLOCK_BOUND = Duration.ofSeconds(30);

  private final Replica replica;
  private final StatusKeeper keeper;
  private final StatusSettings settings;

  StatusReadiness(Replica replica, StatusKeeper keeper, StatusSettings settings) {
    this.replica = replica;
    this.keeper = keeper;
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    StatusView view = replica.view();
    Optional<Duration> age = view.age(System.nanoTime());
    boolean fresh = age.isPresent() && age.get().compareTo(settings.stalenessBound()) <= 0;
    boolean clock = keeper.clockOffset().abs().compareTo(CLOCK_BOUND) <= 0;
    return HealthCheckResponse.named("status")
        .status(fresh && clock && !view.isRecovering())
        .withData("ageMillis", age.map(Duration::toMillis).orElse(-1L))
        .withData("recovering", view.isRecovering())
        .withData("clockOffsetMillis", keeper.clockOffset().toMillis())
        .build();
  }
}
