package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Acknowledgement;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.pkix.Sha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Those who follow the feed: they register with a lease, acknowledge what they have applied, with
 * proof that they were sent it, and so it can be said who has seen a change, and when. Blocks; safe
 * for use by several threads.
 */
public final class Consumers {
  /** Longest lease. */
  public static final Duration LEASE = Duration.ofHours(24);

  /** How many consumers a tenant may have. */
  public static final int MAX_PER_TENANT = 1_000;

  private final Store<? extends RevocationTransaction> store;

  /** Over the store. */
  public Consumers(Store<? extends RevocationTransaction> store) {
    this.store = store;
  }

  /** What became of a registration or an acknowledgement. */
  public sealed interface Outcome {
    /** Done; the consumer as it is now. */
    record Done(ConsumerRow consumer) implements Outcome {}

    /** Not done. */
    record Refused(Refusal why, String detail) implements Outcome {}
  }

  /** Why a consumer is refused. */
  public enum Refusal {
    /** The name belongs to another subject. */
    NAME_TAKEN("consumer-name-taken"),
    /** The tenant has as many as it may. */
    TOO_MANY("consumers-too-many"),
    /** Nobody has registered under this name, or another subject has. */
    UNKNOWN("consumer-unknown"),
    /** The feed has no change at this position. */
    POSITION_UNKNOWN("position-unknown"),
    /** The position lies beyond the feed's head: the database may have been put back. */
    BEYOND_HEAD("position-beyond-head"),
    /** The proof is not that of this change and this consumer. */
    PROOF_WRONG("proof-wrong");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /** The stable word for it. */
    public String text() {
      return text;
    }
  }

  /**
   * Registers a consumer or renews its lease, which ends {@link #LEASE} from now.
   *
   * @param subject who it is: only the same subject acknowledges and renews
   */
  public Outcome register(String tenant, String name, ConsumerRow.Kind kind, String subject) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,254}")) {
      throw new IllegalArgumentException("a consumer's name has 1 to 255 of A-Z a-z 0-9 . _ : -");
    }
    return store.write(transaction -> {
      ConsumerRecords records = transaction.consumers();
      Instant now = transaction.installation().now();
      Optional<ConsumerRow> before = records.lock(tenant, name);
      if (before.isPresent() && !isOf(before.get(), kind, subject)) {
        return new Outcome.Refused(Refusal.NAME_TAKEN, "the name belongs to another subject");
      }
      if (before.isEmpty() && records.count(tenant) >= MAX_PER_TENANT) {
        records.removeExpired(tenant, now);
        if (records.count(tenant) >= MAX_PER_TENANT) {
          return new Outcome.Refused(
              Refusal.TOO_MANY, "the tenant has " + MAX_PER_TENANT + " consumers");
        }
      }
      ConsumerRow row =
          new ConsumerRow(
              tenant,
              name,
              kind,
              subject,
              before.map(ConsumerRow::position).orElse(Position.START),
              now.plus(LEASE));
      records.put(row);
      return new Outcome.Done(row);
    });
  }

  /**
   * Takes an acknowledgement, and renews the lease. One that is behind an earlier one changes
   * nothing else.
   *
   * @param proof SHA-256(name ‖ 0 ‖ DER of the change at {@code position})
   */
  public Outcome acknowledge(
      String tenant, String name, String subject, Position position, Sha256 proof) {
    return store.write(transaction -> {
      Optional<ConsumerRow> consumer = transaction.consumers().lock(tenant, name);
      if (consumer.isEmpty() || !consumer.get().subject().equals(subject)) {
        return new Outcome.Refused(Refusal.UNKNOWN, "register the consumer first");
      }
      Optional<RecordedChange> change = transaction.feed().change(tenant, position);
      if (change.isEmpty()) {
        Position head =
            transaction.feed().head(tenant).map(FeedRow::position).orElse(Position.START);
        return position.compareTo(head) > 0
            ? new Outcome.Refused(Refusal.BEYOND_HEAD, "the feed ends at " + head)
            : new Outcome.Refused(Refusal.POSITION_UNKNOWN, "the feed has no such change");
      }
      Sha256 expected = Acknowledgement.proof(name, change.get().encoded().der());
      if (!MessageDigest.isEqual(expected.bytes(), proof.bytes())) {
        return new Outcome.Refused(
            Refusal.PROOF_WRONG, "the proof is not of this change and this name");
      }
      return new Outcome.Done(moved(transaction, consumer.get(), position));
    });
  }

  /**
   * Notes that a replica of this service has applied the tenants' feeds up to these positions; the
   * replica registers itself.
   */
  public void replicaApplied(String replica, SortedMap<String, Position> positions) {
    store.write(transaction -> {
      positions.forEach((tenant, position) -> {
        ConsumerRow row =
            transaction
                .consumers()
                .lock(tenant, replica)
                .orElseGet(() ->
                    new ConsumerRow(
                        tenant,
                        replica,
                        ConsumerRow.Kind.REPLICA,
                        replica,
                        Position.START,
                        Instant.EPOCH));
        moved(transaction, row, position);
      });
      return positions;
    });
  }

  /**
   * Who has a change. Speaks of consumers that keep the protocol.
   *
   * @param name the consumer's
   * @param kind what it is
   * @param position what it has acknowledged
   * @param acknowledgedAt when it acknowledged this change or a later one
   * @param millis from the change to that, on the database's clock; the change has whole seconds
   * @param reached whether it has it
   */
  public record Reach(
      String name,
      ConsumerRow.Kind kind,
      Position position,
      Optional<Instant> acknowledgedAt,
      OptionalLong millis,
      boolean reached) {}

  /** How far a change has come, by consumer's name; empty if there is no such change. */
  public Optional<List<Reach>> reach(String tenant, Position position) {
    return store.read(transaction -> {
      Optional<RecordedChange> change = transaction.feed().change(tenant, position);
      if (change.isEmpty()) {
        return Optional.<List<Reach>>empty();
      }
      Instant at = change.get().encoded().change().at();
      List<Reach> reached = new ArrayList<>();
      for (ConsumerRow row : transaction.consumers().all(tenant)) {
        Optional<Instant> when =
            transaction.consumers().firstAcknowledged(tenant, row.name(), position);
        reached.add(
            new Reach(
                row.name(),
                row.kind(),
                row.position(),
                when,
                when.map(time -> OptionalLong.of(millis(at, time))).orElse(OptionalLong.empty()),
                row.position().reaches(position)));
      }
      return Optional.of(reached);
    });
  }

  private static long millis(Instant at, Instant acknowledged) {
    return Math.max(0, Duration.between(at, acknowledged).toMillis());
  }

  private static ConsumerRow moved(
      RevocationTransaction transaction, ConsumerRow row, Position position) {
    Instant now = transaction.installation().now();
    boolean further = position.compareTo(row.position()) > 0;
    ConsumerRow moved =
        new ConsumerRow(
            row.tenant(),
            row.name(),
            row.kind(),
            row.subject(),
            further ? position : row.position(),
            now.plus(LEASE));
    transaction.consumers().put(moved);
    if (further) {
      transaction.consumers().acknowledged(row.tenant(), row.name(), position, now);
    }
    return moved;
  }

  private static boolean isOf(ConsumerRow row, ConsumerRow.Kind kind, String subject) {
    return row.kind() == kind && row.subject().equals(subject);
  }
}
