package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.revocation.Term;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The registry's inserts, called in the order of these methods and each with its rows in key order,
 * so that two ingests that meet wait for each other and never in a circle.
 *
 * <p>A claim inserts what nobody has, waits for a transaction that is inserting the same, and
 * answers, by a statement of its own, with what is there then: the claimant's own row, or that of
 * whoever was first.
 */
public interface CredentialRecords {

  /** The ids of facts, given to those that have none yet: 1 to 2^31 − 1, in no order. */
  SortedMap<Facts, Integer> claimFacts(SortedSet<Facts> facts);

  /** Locks orders; one that is not there is inserted as given. Answers all. */
  SortedMap<String, Claims.Order> lockOrders(SiteName site, SortedMap<String, Claims.Order> orders);

  /** Replaces the counts of locked orders. */
  void updateOrders(Collection<Claims.Order> orders);

  /** By canonical id. */
  SortedMap<String, Claims.Device> claimDevices(
      String tenant, SortedMap<String, Claims.Device> devices);

  /** By hash of the key. */
  SortedMap<Sha256, Claims.Key> claimKeys(String tenant, SortedMap<Sha256, Claims.Key> keys);

  /** By the place that is renewed. */
  SortedMap<Place, Place> claimRenewals(SortedMap<Place, Place> childByRenewed);

  /** Adds credentials of one log, in the order of places. */
  void insert(List<Credential> credentials);

  /** Adds members of one log to the bitmaps of attributes. */
  void addMembers(LogId log, SortedMap<Term, Members> members);

  /** The credentials at these places; absent ones are left out. */
  SortedMap<Place, Credential> at(Collection<Place> places);

  /** The credential with this fingerprint: one indexed read. */
  Optional<Credential> byFingerprint(Sha256 fingerprint);

  /** All credentials of a device, by place. */
  List<Credential> ofDevice(String tenant, String canonicalId);

  /** Hands over tag and facts of the credentials of a log, {@code from} to {@code to} exclusive. */
  void slots(LogId log, long from, long to, SlotVisitor visitor);

  /** The facts with these ids, by id. */
  SortedMap<Integer, Facts> facts(SortedSet<Integer> ids);

  /** Takes what a replica keeps of one credential. */
  @FunctionalInterface
  interface SlotVisitor {
    /** The credential at {@code index}; bad entries have none. */
    void slot(long index, int tag, int facts);
  }
}
