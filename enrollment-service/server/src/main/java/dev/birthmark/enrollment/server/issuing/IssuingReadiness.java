package dev.birthmark.enrollment.server.issuing;

import dev.birthmark.enrollment.issuance.Issuance;
import dev.birthmark.enrollment.issuance.IssuanceOutcome;
import dev.birthmark.enrollment.issuance.RefusalReason;
import dev.birthmark.enrollment.site.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the site's database answers and this process's clock can be trusted. A site that
 * issues nothing for a reason that all its processes share (it is not registered yet, or put back,
 * or halted) is ready nevertheless and says why: no other process could do better, it answers
 * everything else, and an administrator must be able to start it to help it.
 */
@Readiness
@Singleton
final class IssuingReadiness implements HealthCheck {

  private final Issuance issuance;

  IssuingReadiness(Issuance issuance) {
    this.issuance = issuance;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("issuing");
    try {
      Optional<IssuanceOutcome.Refused> obstacle = issuance.obstacle();
      answer.withData("issues", obstacle.isEmpty());
      obstacle.ifPresent(
          why -> answer.withData("reason", why.reason().label()).withData("detail", why.detail()));
      return answer
          .status(obstacle.isEmpty() || obstacle.get().reason() != RefusalReason.CLOCK)
          .build();
    } catch (StoreUnavailableException e) {
      return answer.down().withData("detail", String.valueOf(e.getMessage())).build();
    }
  }
}
