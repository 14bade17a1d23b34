package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.Growth;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.identity.registry.EntryCheck.Checked;
import dev.birthmark.identity.registry.IngestOutcome.Refusal;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.FeedRow;
import dev.birthmark.identity.revocation.Installation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes in one push of a site: a checkpoint of size M and the entries from where the mirror ends to
 * M. The signatures are verified first, without a lock; then one transaction recomputes the root,
 * registers, settles against the feed, cosigns and moves the stored size.
 *
 * <p>Blocks; safe for use by several threads and processes.
 */
public final class Ingest {
  /** Octets of the largest push. */
  public static final int MAX_OCTETS = 8 << 20;

  private static final int MAX_ENTRIES = 1 << 20;

  private final RegistryStore store;
  private final SiteDirectory sites;
  private final SignatureVerifier verifier;
  private final Registration registration;
  private final Cosigner cosigner;

  /**
   * With the store, the sites as their bundles say, the verifier of strangers' signatures, the
   * registration and the cosigner.
   */
  public Ingest(
      RegistryStore store,
      SiteDirectory sites,
      SignatureVerifier verifier,
      Registration registration,
      Cosigner cosigner) {
    this.store = store;
    this.sites = sites;
    this.verifier = verifier;
    this.registration = registration;
    this.cosigner = cosigner;
  }

  /**
   * Takes in a push.
   *
   * @param site the site whose client key the connection showed
   * @param log the log that is pushed
   * @param from index of the first entry
   * @param checkpoint a signed note, in UTF-8
   * @param entries the entries from {@code from} on, framed
   * @throws CommitOutcomeUnknownException if it is not known twice in a row whether it was taken
   *     in: the site pushes again
   * @throws dev.birthmark.identity.revocation.StoreUnavailableException if nothing was taken in
   */
  public IngestOutcome push(
      SiteName site, LogId log, long from, byte[] checkpoint, byte[] entries) {
    if (entries.length > MAX_OCTETS) {
      return new IngestOutcome.Refused(Refusal.TOO_LARGE, "more than " + MAX_OCTETS + " octets");
    }
    Push push;
    try {
      Optional<Registered> registered = store.read(tx -> registered(tx, site, log));
      if (registered.isEmpty()) {
        return new IngestOutcome.Refused(Refusal.FOREIGN_LOG, "the site has no such log");
      }
      push = prepare(registered.get(), from, checkpoint, entries);
    } catch (MalformedException e) {
      return new IngestOutcome.Refused(Refusal.MALFORMED, e.part() + ": " + e.detail());
    } catch (UnknownVersionException e) {
      return new IngestOutcome.Refused(
          Refusal.UNKNOWN_VERSION, "version " + e.version() + "; nothing was taken in");
    } catch (RefusedException e) {
      return e.refused;
    }
    Taken taken = take(push);
    if (taken.fork().isPresent()) {
      Alarm alarm = taken.fork().get();
      store.write(tx -> tx.alarms().raise(List.of(alarm)));
    }
    return taken.outcome();
  }

  private Taken take(Push push) {
    try {
      return store.write(tx -> take(tx, push));
    } catch (CommitOutcomeUnknownException e) {
      // Locking the row waits for the transaction in doubt; if it stands, there is nothing new.
      return store.write(tx -> take(tx, push));
    }
  }

  private Optional<Registered> registered(RegistryTransaction tx, SiteName name, LogId log) {
    return tx.logs()
        .log(log)
        .filter(row -> row.site().equals(name))
        .flatMap(row -> tx.sites().site(name).map(site -> new Registered(sites.of(site), row)));
  }

  private Push prepare(Registered registered, long from, byte[] checkpoint, byte[] octets)
      throws MalformedException, UnknownVersionException, RefusedException {
    LogRow row = registered.row();
    SignedNote note = SignedNote.parse(checkpoint);
    Checkpoint head = Checkpoint.parse(note.text());
    if (!head.origin().equals(row.origin())) {
      throw new RefusedException(Refusal.FOREIGN_LOG, "the checkpoint is another log's");
    }
    if (!row.noteKey().signed(note, verifier)) {
      throw new RefusedException(Refusal.BAD_SIGNATURE, "the checkpoint is not the log key's");
    }
    List<byte[]> entries = EntryBundle.decode(octets, MAX_ENTRIES);
    if (from < 0 || head.size() - from != entries.size()) {
      throw new MalformedException(
          "entries", entries.size() + " of them, from " + from + " to " + head.size());
    }
    List<Sha256> leaves = new ArrayList<>(entries.size());
    List<Checked> checked = new ArrayList<>(entries.size());
    // What does not begin where the log ends is answered without looking at its entries.
    boolean worthwhile = from == row.size();
    EntryCheck check = new EntryCheck(verifier, registered.site(), row.id());
    for (byte[] entry : entries) {
      if (worthwhile) {
        checked.add(check.check(from + leaves.size(), entry));
      }
      leaves.add(MerkleTree.leafHash(entry));
    }
    return new Push(registered.site(), row.id(), from, head, note, entries, leaves, checked);
  }

  private Taken take(RegistryTransaction tx, Push push) {
    if (!Installation.isSteady(tx.installation())) {
      return Taken.refused(Refusal.STATUS_RECOVERING, "the database was put back or promoted");
    }
    Optional<LogRow> locked = tx.logs().lock(push.log());
    if (locked.isEmpty()) {
      return Taken.refused(Refusal.FOREIGN_LOG, "the site has no such log");
    }
    LogRow row = locked.get();
    if (push.head().size() <= row.size()) {
      return nothingNew(tx, push, row);
    }
    if (row.closed()) {
      return Taken.refused(Refusal.LOG_CLOSED, "the log is closed at " + row.size());
    }
    if (push.from() != row.size() || push.checked().size() != push.entries().size()) {
      return Taken.of(new IngestOutcome.WrongFrom(row.size()));
    }
    Growth growth = row.edge().append(push.leaves());
    if (!growth.after().root().equals(push.head().root())) {
      return fork(tx, push, "the entries do not lead to the root that the log key signed");
    }
    return Taken.of(register(tx, push, row, growth.after()));
  }

  private IngestOutcome register(RegistryTransaction tx, Push push, LogRow row, RightEdge after) {
    Instant now = tx.installation().now();
    Registration.Result result =
        registration.register(
            tx, push.site(), row.id(), row.size(), row.lastIssuedAt(), push.checked(), now);
    List<LogRecords.EntryRow> entries = new ArrayList<>(push.entries().size());
    for (int i = 0; i < push.entries().size(); i++) {
      boolean bad = result.bad().contains(row.size() + i);
      entries.add(
          new LogRecords.EntryRow(new Octets(push.entries().get(i)), push.leaves().get(i), bad));
    }
    tx.logs().append(row.id(), row.size(), entries);
    String note = cosigner.cosign(push.note(), now);
    Position feed =
        registration.settle(
            tx,
            result,
            position ->
                tx.logs()
                    .update(
                        new LogRow(
                            row.id(),
                            row.origin(),
                            row.key(),
                            row.site(),
                            false,
                            after,
                            push.head().root(),
                            result.lastIssuedAt(),
                            position,
                            note,
                            now)));
    return new IngestOutcome.Accepted(after.size(), note, now, feed);
  }

  private static Taken nothingNew(RegistryTransaction tx, Push push, LogRow row) {
    Sha256 root = row.root();
    if (push.head().size() < row.size()) {
      RootAt at = new RootAt();
      tx.logs().leafHashes(row.id(), push.head().size(), at::add);
      root = at.root();
    }
    if (!root.equals(push.head().root())) {
      return fork(
          tx, push, "the log key signed another tree of " + push.head().size() + " entries");
    }
    Position feed =
        tx.feed().head(row.site().tenant()).map(FeedRow::position).orElse(Position.START);
    return Taken.of(
        new IngestOutcome.Accepted(row.size(), row.checkpoint(), tx.installation().now(), feed));
  }

  private static Taken fork(RegistryTransaction tx, Push push, String detail) {
    SiteName site = push.site().name();
    return new Taken(
        new IngestOutcome.Refused(Refusal.FORK, detail),
        Optional.of(
            new Alarm(
                site.tenant(),
                Alarm.Kind.FORK,
                Optional.of(site.site()),
                Optional.of(push.log()),
                push.head().root().hex(),
                tx.installation().now(),
                detail)));
  }

  private record Registered(Site site, LogRow row) {}

  private record Push(
      Site site,
      LogId log,
      long from,
      Checkpoint head,
      SignedNote note,
      List<byte[]> entries,
      List<Sha256> leaves,
      List<Checked> checked) {}

  /** The alarm of a fork is committed by itself, since the push leaves nothing. */
  private record Taken(IngestOutcome outcome, Optional<Alarm> fork) {
    static Taken of(IngestOutcome outcome) {
      return new Taken(outcome, Optional.empty());
    }

    static Taken refused(Refusal why, String detail) {
      return of(new IngestOutcome.Refused(why, detail));
    }
  }

  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient IngestOutcome.Refused refused;

    RefusedException(Refusal why, String detail) {
      super(detail, null, false, false);
      this.refused = new IngestOutcome.Refused(why, detail);
    }
  }

  /** The root of the first leaves of a log, from their hashes, in bounded memory. */
  private static final class RootAt {
    private static final int AT_ONCE = 4_096;
    private final List<Sha256> waiting = new ArrayList<>();
    private RightEdge edge = RightEdge.empty();

    void add(Sha256 leaf) {
      waiting.add(leaf);
      if (waiting.size() == AT_ONCE) {
        flush();
      }
    }

    Sha256 root() {
      flush();
      return edge.root();
    }

    private void flush() {
      edge = edge.append(waiting).after();
      waiting.clear();
    }
  }
}
