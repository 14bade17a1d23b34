package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a device may connect. */
public sealed interface Decision {

  /** What the decision rests on. */
  Basis basis();

  /**
   * It may.
   *
   * @param device who it is
   * @param obligations what whoever allows it must do
   */
  record Allow(DeviceFacts device, List<Obligation> obligations, Basis basis) implements Decision {
    public Allow {
      obligations = List.copyOf(obligations);
    }
  }

  /**
   * It may not.
   *
   * @param reason the one reason
   * @param detail in words, for whoever asks
   * @param cause why its standing was withdrawn, if it was
   * @param retryable whether the same may be allowed a little later
   */
  record Deny(
      DenyReason reason, String detail, Optional<Reason> cause, boolean retryable, Basis basis)
      implements Decision {

    /** What whoever asks may do. */
    public String nextStep() {
      return reason.nextStep();
    }
  }

  /**
   * What a decision rests on.
   *
   * @param statusAsOf the database's time at the last successful poll; empty before the first
   * @param position how much of the device's tenant's feed was applied; {@link Position#START}
   *     where no tenant is known
   * @param place the credential's, as far as it is known
   * @param logSize how many entries of its log were taken over; 0 where there is no place
   */
  record Basis(
      Optional<Instant> statusAsOf, Position position, Optional<Place> place, long logSize) {}
}
