package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.log.TlogProof;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads enrollments back, each with a proof against its log's present checkpoint. Thread-safe. */
public final class Enrollments {
  private final SiteStore<? extends IssuanceTransaction> store;

  /** The enrollments of one site. */
  public Enrollments(SiteStore<? extends IssuanceTransaction> store) {
    this.store = store;
  }

  /**
   * The enrollment of a device, whatever the case of its id. While lost entries are being fetched,
   * those are not there yet.
   */
  public Optional<Enrollment> find(DeviceId device) {
    return store.read(transaction ->
        prove(transaction, transaction.log().ofDevices(List.of(device.canonical())))
            .values()
            .stream()
            .findFirst());
  }

  /** Enrollments by canonical device id. */
  SortedMap<String, Enrollment> prove(List<IssuedCredential> credentials) {
    return credentials.isEmpty()
        ? new TreeMap<>()
        : store.read(transaction -> prove(transaction, credentials));
  }

  private static SortedMap<String, Enrollment> prove(
      IssuanceTransaction transaction, List<IssuedCredential> credentials) {
    SortedMap<LogId, Published> logs = new TreeMap<>();
    transaction
        .site()
        .closedLogs()
        .forEach(head -> logs.put(head.log(), published(transaction, head)));
    transaction
        .site()
        .head()
        .map(SiteHead::log)
        .ifPresent(head -> logs.put(head.log(), published(transaction, head)));
    SortedMap<String, Enrollment> proven = new TreeMap<>();
    for (IssuedCredential credential : credentials) {
      Published log = logs.get(credential.place().log());
      long index = credential.place().index();
      if (log != null && index < log.size()) {
        TlogProof proof = TlogProof.of(log.tree().inclusion(index), log.checkpoint());
        proven.put(credential.device().canonical(), Enrollment.read(credential, proof));
      }
    }
    return proven;
  }

  /** A log as far as its checkpoint goes. */
  record Published(SignedNote checkpoint, long size, StoredTree tree) {}

  static Published published(IssuanceTransaction transaction, LogHead head) {
    SignedNote note = GroupRun.note(head.checkpoint());
    try {
      long size = Checkpoint.parse(note.text()).size();
      LogId log = head.log();
      return new Published(
          note,
          size,
          new StoredTree(
              (level, first, count) -> transaction.log().hashes(log, level, first, count), size));
    } catch (MalformedException e) {
      throw new IllegalStateException("a checkpoint of ours cannot be read", e);
    }
  }
}
