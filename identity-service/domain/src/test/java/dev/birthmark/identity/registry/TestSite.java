package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.trust.ClientCertificate;
import dev.birthmark.credential.trust.SiteBundle;
import dev.birthmark.testkit.pki.TestKey;
import dev.birthmark.testkit.pki.TestPki;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A site with real keys that issues into its log, and pushes what tests want it to push. */
public final class TestSite {
  /** The tenant of all test sites. */
  public static final String TENANT = "default";

  private final TestPki pki;
  private final TestKey logKey;
  private final TestKey clientKey;
  private final List<byte[]> entries = new ArrayList<>();
  private final List<DeviceCertificate> certificates = new ArrayList<>();

  /** The site of this name; two with one name are the same. */
  public TestSite(String name) {
    this.pki = TestPki.of(name);
    int number = Math.floorMod(name.hashCode(), 1_000_000);
    this.logKey = TestKey.of(KeyAlgorithm.ED25519, number);
    this.clientKey = TestKey.p256(1_000_000 + number);
  }

  /** What an entry says, changed by tests before it is issued. */
  public record Draft(
      String device,
      int key,
      Warrant warrant,
      String tenant,
      String model,
      String lot,
      Instant issuedAt,
      long feedNumber) {

    /** With another warrant. */
    public Draft warrant(Warrant other) {
      return new Draft(device, key, other, tenant, model, lot, issuedAt, feedNumber);
    }

    /** With another lot. */
    public Draft lot(String other) {
      return new Draft(device, key, warrant, tenant, model, other, issuedAt, feedNumber);
    }

    /** With another model. */
    public Draft model(String other) {
      return new Draft(device, key, warrant, tenant, other, lot, issuedAt, feedNumber);
    }

    /** With the key of that number. */
    public Draft key(int other) {
      return new Draft(device, other, warrant, tenant, model, lot, issuedAt, feedNumber);
    }

    /** Of another tenant. */
    public Draft tenant(String other) {
      return new Draft(device, key, warrant, other, model, lot, issuedAt, feedNumber);
    }

    /** Issued at another time. */
    public Draft issuedAt(Instant other) {
      return new Draft(device, key, warrant, tenant, model, lot, other, feedNumber);
    }

    /** By a site that had applied the feed so far. */
    public Draft feed(long number) {
      return new Draft(device, key, warrant, tenant, model, lot, issuedAt, number);
    }
  }

  /** An order of so many. */
  public static Warrant order(String id, long quantity) {
    return new Warrant.Order(id, quantity, "factory-1", Optional.empty());
  }

  /** Its name. */
  public SiteName name() {
    return new SiteName(TENANT, pki.name());
  }

  /** Its keys and certificates. */
  public TestPki pki() {
    return pki;
  }

  /** The key that its client certificate has. */
  public TestKey clientKey() {
    return clientKey;
  }

  /** The log's name and key. */
  public NoteKey log() {
    return new NoteKey(pki.origin(), logKey.publicKey());
  }

  /** Its bundle. */
  public String bundle(long number) {
    return bundle(number, TENANT, log());
  }

  /** Its bundle, with another tenant or log. */
  public String bundle(long number, String tenant, NoteKey log) {
    try {
      byte[] client = TestPki.of(pki.name() + " client").issue("client", 0, clientKey, NOW).der();
      SiteBundle bundle =
          new SiteBundle(
              number,
              tenant,
              pki.name(),
              List.of(TestPki.BASE),
              pki.root(),
              List.of(pki.issuer()),
              List.of(log),
              ClientCertificate.parse(client));
      return bundle.seal(List.of(logKey, clientKey, pki.issuerKey()));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final Instant NOW = TestPki.NOW;

  /** Issues to a device with a key of its own, in the usual order. */
  public DeviceCertificate issue(String device) {
    return issue(device, draft -> draft);
  }

  /** Issues to a device. */
  public DeviceCertificate issue(String device, UnaryOperator<Draft> change) {
    int own = Math.floorMod((pki.name() + device).hashCode(), 100_000_000);
    Draft draft =
        change.apply(
            new Draft(device, own, order("order-1", 1_000), TENANT, "m-1", "lot-1", NOW, 0));
    DeviceCertificate certificate =
        pki.issue(draft.device(), size(), TestKey.p256(draft.key()), draft.issuedAt());
    add(certificate, draft);
    return certificate;
  }

  /** Logs a certificate that was made elsewhere. */
  public void add(DeviceCertificate certificate, Draft draft) {
    certificates.add(certificate);
    entries.add(
        new Entry(
                new Octets(certificate.der()),
                draft.tenant(),
                draft.warrant(),
                draft.model(),
                "r-1",
                draft.lot(),
                "default",
                "factory-1",
                "station-1",
                draft.issuedAt(),
                0,
                draft.feedNumber())
            .encode());
  }

  /** Logs octets that are no entry. */
  public void addRaw(byte[] entry) {
    entries.add(entry);
  }

  /** Forgets the last entries, as a backup would. */
  public void forget(int count) {
    for (int i = 0; i < count; i++) {
      entries.removeLast();
    }
  }

  /** Entries in the log. */
  public int size() {
    return entries.size();
  }

  /** The place of an entry. */
  public Place place(long index) {
    return new Place(pki.logId(), index);
  }

  /** Pushes all that is new from an index on. */
  public IngestOutcome push(Ingest ingest, long from) {
    return ingest.push(name(), pki.logId(), from, checkpoint(size()), bundleOf(from));
  }

  /** The entries from an index on, framed. */
  public byte[] bundleOf(long from) {
    return EntryBundle.encode(entries.subList((int) from, entries.size()));
  }

  /** The entries from an index on up to another, framed. */
  public byte[] bundleOf(long from, long to) {
    return EntryBundle.encode(entries.subList((int) from, (int) to));
  }

  /** The signed checkpoint at a size. */
  public byte[] checkpoint(int size) {
    return checkpoint(size, logKey);
  }

  /** The checkpoint at a size, signed by some key. */
  public byte[] checkpoint(int size, TestKey by) {
    List<Sha256> leaves = entries.subList(0, size).stream().map(MerkleTree::leafHash).toList();
    Checkpoint head =
        new Checkpoint(pki.origin(), size, RightEdge.empty().append(leaves).after().root());
    return new NoteKey(pki.origin(), by.publicKey()).sign(head.text(), by).encode();
  }
}
