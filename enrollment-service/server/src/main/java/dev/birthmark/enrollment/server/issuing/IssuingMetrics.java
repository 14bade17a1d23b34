package dev.birthmark.enrollment.server.issuing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What is counted of issuing. */
@Singleton
final class IssuingMetrics {

  private static final String ENROLLMENTS = "birthmark.enrollments";

  private final MeterRegistry registry;
  private final Counter issued;
  private final Counter found;
  private final DistributionSummary groups;

  IssuingMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.issued = registry.counter(ENROLLMENTS, "outcome", "issued", "reason", "");
    this.found = registry.counter(ENROLLMENTS, "outcome", "already-issued", "reason", "");
    this.groups =
        DistributionSummary.builder("birthmark.issuing.group")
            .description("requests that shared one transaction")
            .register(registry);
  }

  /** An answer; the words for reasons are few and ours. */
  void count(EnrollmentOutcome outcome) {
    switch (outcome) {
      case EnrollmentOutcome.Enrolled enrolled -> (enrolled.anew() ? issued : found).increment();
      case EnrollmentOutcome.Refused refused ->
          registry
              .counter(ENROLLMENTS, "outcome", "refused", "reason", refused.reason())
              .increment();
    }
  }

  /** A group of this many. */
  void group(int size) {
    groups.record(size);
  }

  /** Shows how many requests wait. */
  void waiting(GroupCommit queue) {
    registry.gauge("birthmark.issuing.waiting", queue, GroupCommit::waiting);
  }
}
