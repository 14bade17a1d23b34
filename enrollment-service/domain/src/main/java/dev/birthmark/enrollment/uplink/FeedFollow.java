package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.feed.Acknowledgement;
import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.feed.FeedHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.enrollment.issuance.Recall;
import dev.birthmark.enrollment.issuance.RecallRecords;
import dev.birthmark.enrollment.site.SiteStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Follows the tenant's status feed: checks each change against the one before it and against the
 * signed head, applies it under the lock of the site's row, so that no group issues past it, and
 * acknowledges only what is durable. Belongs to one thread; two processes may follow at once.
 */
public final class FeedFollow {
  /** A lease is renewed when less than this is left of it. */
  private static final Duration RENEW_BEFORE = Duration.ofHours(12);

  private final SiteStore<? extends SiteTransaction> store;
  private final IdentityUplink uplink;
  private final IdentityKeys keys;
  private final String tenant;
  private final String consumer;
  private final InstantSource clock;
  private Instant leaseUntil = Instant.MIN;
  private Position acknowledged = Position.START;

  /**
   * A follower of the tenant's feed.
   *
   * @param consumer the name under which the site acknowledges
   */
  public FeedFollow(
      SiteStore<? extends SiteTransaction> store,
      IdentityUplink uplink,
      IdentityBundle identity,
      SignatureVerifier verifier,
      String consumer,
      InstantSource clock) {
    this.store = store;
    this.uplink = uplink;
    this.keys = new IdentityKeys(identity, verifier);
    this.tenant = identity.tenant();
    this.consumer = consumer;
    this.clock = clock;
  }

  /**
   * Fetches, applies and acknowledges what is new, as much as the identity service sends at once.
   *
   * @throws UplinkUnavailableException and the exceptions of the store: follow again
   */
  public FollowResult follow() {
    Instant now = clock.instant();
    if (leaseUntil.isBefore(now.plus(RENEW_BEFORE))) {
      leaseUntil = uplink.follow(consumer);
    }
    Optional<StoredChange> last = store.read(transaction -> transaction.uplink().lastChange());
    Position after = last.map(StoredChange::position).orElse(Position.START);
    List<FeedItem> items = uplink.changes(after);
    Optional<String> fault = Optional.empty();
    int applied = 0;
    for (FeedItem item : items) {
      fault = apply(item);
      if (fault.isPresent()) {
        break;
      }
      applied++;
    }
    Position position = acknowledge();
    return fault
        .<FollowResult>map(FollowResult.Refused::new)
        .orElse(new FollowResult.Followed(applied, position));
  }

  private Position acknowledge() {
    Optional<StoredChange> last = store.read(transaction -> transaction.uplink().lastChange());
    if (last.isPresent() && !acknowledged.reaches(last.get().position())) {
      Position position = last.get().position();
      uplink.acknowledge(
          consumer, position, Acknowledgement.proof(consumer, last.get().der().bytes()));
      acknowledged = position;
    }
    return last.map(StoredChange::position).orElse(Position.START);
  }

  /** Applies one change; answers what is wrong with it. */
  private Optional<String> apply(FeedItem item) {
    EncodedChange encoded;
    try {
      encoded = EncodedChange.parse(item.der().bytes());
    } catch (MalformedException | UnknownVersionException e) {
      return Optional.of("a change cannot be read: " + e.getMessage());
    }
    Change change = encoded.change();
    if (!change.tenant().equals(tenant)) {
      return Optional.of("change " + change.position() + " is another tenant's");
    }
    Optional<FeedHead> head = keys.head(item.head());
    if (head.isEmpty()
        || !head.get().position().equals(change.position())
        || !head.get().hash().equals(encoded.hash())) {
      return Optional.of("change " + change.position() + " has no signed head");
    }
    StoredChange stored =
        new StoredChange(change.position(), new Octets(encoded.der()), item.head());
    return store.write(transaction -> apply(transaction, encoded, stored));
  }

  private static Optional<String> apply(
      SiteTransaction transaction, EncodedChange encoded, StoredChange stored) {
    transaction.site().lock();
    Optional<StoredChange> last = transaction.uplink().lastChange();
    if (last.isPresent() && last.get().position().reaches(stored.position())) {
      // Another process was faster; the position and the hash decide whether it was the same.
      return last.get().position().equals(stored.position())
              && !last.get().der().equals(stored.der())
          ? Optional.of("change " + stored.position() + " differs from the one applied")
          : Optional.empty();
    }
    boolean follows = last.isEmpty() ? encoded.isFirst() : encoded.follows(read(last.get()));
    if (!follows) {
      return Optional.of("change " + stored.position() + " does not follow the one applied");
    }
    settle(transaction.recalls(), encoded.change());
    transaction.uplink().keep(stored);
    return Optional.empty();
  }

  private static EncodedChange read(StoredChange stored) {
    try {
      return EncodedChange.parse(stored.der().bytes());
    } catch (MalformedException | UnknownVersionException e) {
      throw new IllegalStateException("change " + stored.position() + " cannot be read", e);
    }
  }

  /** What the change means for what is not issued yet. */
  private static void settle(RecallRecords recalls, Change change) {
    boolean concerns =
        !change.selector().isEmpty() && change.selector().value(SelectorAttribute.CHANGE).isEmpty();
    switch (change.kind()) {
      case REVOKE, SUSPEND -> {
        // A follow-on names places only; what it follows on is in force already.
        if (change.cause().isEmpty() && concerns) {
          boolean revokes = change.kind() == ChangeKind.REVOKE;
          recalls.add(
              new Recall(change.position(), revokes, change.reason().text(), change.selector()));
        }
      }
      case RESTORE, UNDO -> {
        change.cause().ifPresent(recalls::lift);
        if (change.cause().isEmpty()) {
          liftHolds(recalls, change);
        }
      }
      case PARTY_DISABLE, PARTY_ENABLE -> {}
    }
  }

  /** A restore by device id lifts every hold of that device; what is revoked stays so. */
  private static void liftHolds(RecallRecords recalls, Change change) {
    Optional<String> device = change.selector().value(SelectorAttribute.DEVICE_ID);
    for (Recall recall : recalls.inForce()) {
      if (!recall.revokes()
          && device.isPresent()
          && recall.selector().value(SelectorAttribute.DEVICE_ID).equals(device)) {
        recalls.lift(recall.position());
      }
    }
  }
}
