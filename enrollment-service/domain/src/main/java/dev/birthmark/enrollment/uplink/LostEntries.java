package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.Growth;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.registration.OrderAccount;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rebuilds what a site lost from the entries that the identity service kept: credentials, their
 * keys and devices, the orders and how much of each was issued.
 */
final class LostEntries {
  private final String tenant;
  private final IssuerCertificate issuer;
  private final SignatureVerifier verifier;

  LostEntries(String tenant, IssuerCertificate issuer, SignatureVerifier verifier) {
    this.tenant = tenant;
    this.issuer = issuer;
    this.verifier = verifier;
  }

  /** An entry that passed its check. */
  record Found(IssuedCredential credential, Order order, Instant issuedAt) {}

  /** An entry that the site cannot have written. */
  static final class ForeignEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    ForeignEntryException(Place place, String what) {
      super("entry " + place + " " + what);
    }
  }

  /** Checks fetched entries of a log, from an index on. */
  List<Found> check(LogId log, long from, List<Octets> entries) throws ForeignEntryException {
    List<Found> found = new ArrayList<>(entries.size());
    for (Octets entry : entries) {
      found.add(check(new Place(log, from + found.size()), entry));
    }
    return found;
  }

  private Found check(Place place, Octets octets) throws ForeignEntryException {
    try {
      Entry entry = Entry.parse(octets.bytes());
      DeviceCertificate certificate = DeviceCertificate.parse(entry.certificate().bytes());
      if (!certificate.isSignedBy(issuer.publicKey(), verifier)) {
        throw new ForeignEntryException(place, "is not of the site's issuer");
      }
      if (!certificate.serial().isPlace()
          || certificate.serial().index() != place.index()
          || certificate.serial().logBits() != place.log().serialBits()
          || !entry.tenant().equals(tenant)) {
        throw new ForeignEntryException(place, "belongs elsewhere");
      }
      if (certificate.deviceId().isEmpty()
          || !(entry.warrant() instanceof Warrant.Order warrant)
          || warrant.quantity() > Order.MAX_QUANTITY) {
        throw new ForeignEntryException(place, "is of no device and order");
      }
      Order order =
          new Order(
              warrant.id(),
              tenant,
              entry.model(),
              entry.hardwareRevision(),
              entry.lot(),
              entry.profile(),
              (int) warrant.quantity(),
              warrant.openedBy(),
              entry.issuedAt());
      IssuedCredential credential =
          new IssuedCredential(
              place,
              certificate.deviceId().get(),
              certificate.publicKey().hash(),
              order.id(),
              MerkleTree.leafHash(octets.bytes()),
              octets);
      return new Found(credential, order, entry.issuedAt());
    } catch (MalformedException
        | UnknownVersionException
        | MalformedCertificateException
        | IllegalArgumentException e) {
      throw new ForeignEntryException(place, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Adds entries at the end of the open log. The site's row is locked. The head keeps its old
   * checkpoint: what was fetched is signed when all of it has proven to be the site's own tree.
   *
   * @return why they cannot be the site's; empty if they were added
   */
  Optional<String> add(SiteTransaction transaction, SiteHead site, List<Found> found) {
    LogHead log = site.log();
    List<IssuedCredential> credentials = found.stream().map(Found::credential).toList();
    if (!transaction
            .log()
            .ofDevices(credentials.stream().map(one -> one.device().canonical()).toList())
            .isEmpty()
        || !transaction
            .log()
            .ofKeys(credentials.stream().map(IssuedCredential::key).toList())
            .isEmpty()) {
      return Optional.of("an entry from " + log.size() + " on has a device or key of another");
    }
    SortedMap<String, Integer> issued = new TreeMap<>();
    Instant time = log.time();
    for (Found one : found) {
      if (issued.merge(one.order().id(), 1, Integer::sum) == 1) {
        rebuild(transaction, one.order());
      }
      time = one.issuedAt().isAfter(time) ? one.issuedAt() : time;
    }
    Growth growth =
        log.edge().append(credentials.stream().map(IssuedCredential::leafHash).toList());
    transaction.log().add(credentials);
    transaction.log().addNodes(log.log(), growth.nodes());
    transaction.orders().addIssued(issued);
    transaction
        .site()
        .move(new LogHead(log.ordinal(), log.origin(), growth.after(), log.checkpoint(), time));
    return Optional.empty();
  }

  /** What the log says of an order holds; when it was opened is known only if it is still there. */
  private static void rebuild(SiteTransaction transaction, Order order) {
    Optional<OrderAccount> there = transaction.orders().find(order.id());
    if (there.isEmpty()) {
      transaction.orders().add(order);
    } else if (!there.get().order().sameContent(order)) {
      transaction.orders().correct(order);
    }
  }
}
