package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.status.Members;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The changes in force and what they still hold. Read under the feed's lock, by statements that
 * begin after it was taken.
 */
public interface ForceRecords {

  /**
   * Puts a change into force: it is matched against what arrives later by its selector, and for a
   * revocation or a suspension its members are what it holds.
   */
  void enter(InForce change, Members members);

  /** The tenant's changes in force whose selector has one of these as its key term. */
  List<InForce> matching(String tenant, SortedSet<Term> terms);

  /** The change and those that follow on it, as far as they are in force, by position. */
  List<InForce> withFollowOns(String tenant, Position change);

  /** Takes changes out of force; what they held they hold no more. */
  void leave(String tenant, Collection<Position> changes);

  /** What the given changes hold, of those that are in force, by position and log. */
  List<Holding> holdings(String tenant, Collection<Position> changes);

  /** What all suspensions in force hold in these logs, by position and log. */
  List<Holding> suspensions(String tenant, SortedSet<LogId> logs);

  /**
   * What all revocations and suspensions in force hold in one log from an index on, by position;
   * empty in nearly every ingest.
   */
  List<Holding> holdingsFrom(String tenant, LogId log, long index);

  /**
   * Every change, in force or not, that ever named this place, by position: for a device's
   * timeline.
   */
  List<Position> naming(String tenant, Place place);

  /** Replaces what a change in force holds in one log, and what it held there once and not now. */
  void replace(String tenant, Holding holding);

  /**
   * A change in force, without its members.
   *
   * @param tenant whose feed
   * @param position its number
   * @param kind what it does
   * @param reason why
   * @param selector what it matches
   * @param cause what it follows on, or lifts
   */
  record InForce(
      String tenant,
      Position position,
      ChangeKind kind,
      Reason reason,
      Selector selector,
      Optional<Position> cause) {}

  /**
   * What a change in force holds in one log.
   *
   * @param change its number
   * @param kind revoke or suspend
   * @param log which log
   * @param held the places whose status this change is a ground for
   * @param lifted the places for which its hold was lifted, and is not made again
   */
  record Holding(Position change, ChangeKind kind, LogId log, Members held, Members lifted) {}
}
