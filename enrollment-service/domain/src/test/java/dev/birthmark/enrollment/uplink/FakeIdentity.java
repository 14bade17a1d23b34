package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Acknowledgement;
import dev.birthmark.credential.feed.Change;
import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.EncodedChange;
import dev.birthmark.credential.feed.FeedHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity service as a site sees it: mirrors its logs, cosigns, keeps a feed. Answers can be
 * lost, and what it holds can be changed under the site's feet.
 */
public final class FakeIdentity implements IdentityUplink {
  private static final TestKey COSIGNER = TestKey.of(KeyAlgorithm.ED25519, 1_800_000_001);
  private static final CosignerKey COSIGNER_KEY =
      new CosignerKey("id.example.test/cosigner", COSIGNER.publicKey());
  private static final NoteKey HEAD_KEY =
      new NoteKey(FeedHead.name(TestPki.BASE.value(), TestSite.TENANT), COSIGNER.publicKey());

  /** What site {@code name} knows this service by. */
  public static IdentityBundle bundle(String name) {
    return new IdentityBundle(
        TestSite.TENANT,
        name,
        List.of(new Octets(new byte[] {1})),
        List.of(COSIGNER_KEY),
        List.of(HEAD_KEY));
  }

  private static final class Mirror {
    final List<Octets> entries = new ArrayList<>();
    RightEdge edge = RightEdge.empty();
    String note = "";
    boolean closed;
  }

  private final SortedMap<LogId, Mirror> logs = new TreeMap<>();
  private final List<FeedItem> feed = new ArrayList<>();
  private final List<EncodedChange> changes = new ArrayList<>();
  private final Deque<PushAnswer.Refused> refusals = new ArrayDeque<>();
  private final TestSite site;

  /** How often the next answers are lost after what was asked was done. */
  public int losesAnswers;

  /** Whether nothing gets through. */
  public boolean unreachable;

  /** What was acknowledged, in this order. */
  public final List<Position> acknowledged = new ArrayList<>();

  public int maxEntriesPerAnswer = 1000;
  public int pushes;

  /** The service that the site's domain speaks to. */
  public FakeIdentity(TestSite site) {
    this.site = site;
  }

  /** Registers the site: its first log is known and empty. */
  public FakeIdentity register() {
    logs.put(site.pki.logId(), new Mirror());
    return this;
  }

  /** What an administrator does: closes the last log and opens the next. */
  public void reopen() {
    logs.get(last()).closed = true;
    logs.put(LogId.of(LogOrigin.ordinal(site.pki.origin(), logs.size() + 1)), new Mirror());
  }

  /** The log got another number instead, because somebody has its id. */
  public void passOver(LogId log, int ordinal) {
    Mirror mirror = logs.remove(log);
    if (mirror != null) {
      logs.put(LogId.of(LogOrigin.ordinal(site.pki.origin(), ordinal)), mirror);
    }
  }

  /** The last log that was opened. */
  public LogId last() {
    for (int ordinal = 64; ordinal > 1; ordinal--) {
      LogId log = LogId.of(LogOrigin.ordinal(site.pki.origin(), ordinal));
      if (logs.containsKey(log)) {
        return log;
      }
    }
    return site.pki.logId();
  }

  /** Entries mirrored of a log. */
  public long size(LogId log) {
    return logs.get(log).edge.size();
  }

  /** The mirror is put back to its beginning. */
  public void forgetEverything() {
    logs.replaceAll((log, mirror) -> new Mirror());
  }

  /** The next push is refused so. */
  public void refuse(String reason) {
    refusals.add(new PushAnswer.Refused(reason, "as told"));
  }

  /** Puts a change into the feed. */
  public Position change(ChangeKind kind, Selector selector, Optional<Position> cause) {
    Position position = new Position(0, changes.size() + 1L);
    Sha256 previous = changes.isEmpty() ? Change.NO_PREVIOUS : changes.getLast().hash();
    Change change =
        new Change(
            TestSite.TENANT,
            position,
            previous,
            TestPki.NOW,
            kind,
            Reason.RECALL,
            Sha256.of(new byte[] {(byte) changes.size()}),
            cause,
            selector,
            Members.none());
    EncodedChange encoded = EncodedChange.of(change);
    changes.add(encoded);
    feed.add(item(encoded));
    return position;
  }

  /** A change with its signed head, as it would be sent. */
  public static FeedItem item(EncodedChange encoded) {
    FeedHead head =
        new FeedHead(HEAD_KEY.name(), encoded.change().position(), encoded.hash(), new TreeMap<>());
    return new FeedItem(new Octets(encoded.der()), HEAD_KEY.sign(head.text(), COSIGNER).toString());
  }

  /** The feed as it is sent, for tests that spoil it. */
  public List<FeedItem> feed() {
    return feed;
  }

  private <T> T answer(T answer) {
    if (losesAnswers > 0) {
      losesAnswers--;
      throw new UplinkUnavailableException("the answer was lost");
    }
    return answer;
  }

  private void reach() {
    if (unreachable) {
      throw new UplinkUnavailableException("no way through");
    }
  }

  @Override
  public Optional<MirroredLog> log(LogId log) {
    reach();
    return answer(
        Optional.ofNullable(logs.get(log))
            .map(mirror ->
                new MirroredLog(
                    mirror.edge.size(), mirror.edge.root(), mirror.closed, site.now())));
  }

  @Override
  public Optional<String> checkpoint(LogId log) {
    reach();
    String note = logs.get(log).note;
    return answer(note.isEmpty() ? Optional.empty() : Optional.of(note));
  }

  @Override
  public PushAnswer push(LogId log, long from, String checkpoint, List<Octets> entries) {
    reach();
    pushes++;
    if (!refusals.isEmpty()) {
      return refusals.remove();
    }
    Mirror mirror = logs.get(log);
    if (mirror == null) {
      return new PushAnswer.Refused("foreign-log", "the site has no such log");
    }
    return answer(take(mirror, from, checkpoint, entries));
  }

  private PushAnswer take(Mirror mirror, long from, String note, List<Octets> entries) {
    Checkpoint head = checkpointOf(note);
    if (head.size() <= mirror.edge.size()) {
      RightEdge at =
          RightEdge.empty().append(leaves(mirror.entries.subList(0, (int) head.size()))).after();
      return at.root().equals(head.root())
          ? new PushAnswer.Accepted(mirror.edge.size(), mirror.note, site.now())
          : new PushAnswer.Refused(PushAnswer.FORK, "another tree of " + head.size());
    }
    if (mirror.closed) {
      return new PushAnswer.Refused(PushAnswer.CLOSED, "closed at " + mirror.edge.size());
    }
    if (from != mirror.edge.size()) {
      return new PushAnswer.SizeDiffers(mirror.edge.size());
    }
    RightEdge after = mirror.edge.append(leaves(entries)).after();
    if (!after.root().equals(head.root())) {
      return new PushAnswer.Refused(PushAnswer.FORK, "the entries lead elsewhere");
    }
    mirror.entries.addAll(entries);
    mirror.edge = after;
    mirror.note = cosign(note);
    return new PushAnswer.Accepted(after.size(), mirror.note, site.now());
  }

  private static List<Sha256> leaves(List<Octets> entries) {
    return entries.stream().map(entry -> MerkleTree.leafHash(entry.bytes())).toList();
  }

  private static Checkpoint checkpointOf(String note) {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text());
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String cosign(String note) {
    try {
      return COSIGNER_KEY.cosign(SignedNote.parse(note), site.now(), COSIGNER).toString();
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Octets> entries(LogId log, long from) {
    reach();
    List<Octets> all = logs.get(log).entries;
    int end = (int) Math.min(all.size(), from + maxEntriesPerAnswer);
    return answer(List.copyOf(all.subList((int) from, end)));
  }

  @Override
  public List<FeedItem> changes(Position after) {
    reach();
    return answer(List.copyOf(feed.subList((int) after.number(), feed.size())));
  }

  @Override
  public Instant follow(String consumer) {
    reach();
    return answer(site.now().plus(Duration.ofHours(24)));
  }

  @Override
  public void acknowledge(String consumer, Position position, Sha256 proof) {
    reach();
    byte[] der = feed.get((int) position.number() - 1).der().bytes();
    if (!Acknowledgement.proof(consumer, der).equals(proof)) {
      throw new UplinkRefusedException("proof-wrong", "not of this change");
    }
    acknowledged.add(position);
    answer(true);
  }
}
