package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.custody.KeyCustodyException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.CertificateTemplate;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.enrollment.registration.Order;
import dev.birthmark.enrollment.site.MonotonicClock;
import dev.birthmark.enrollment.site.SiteHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the certificates and entries of a group: builds, signs, checks. Thread-safe. */
final class Signing {
  /** Small clocks are late; a certificate is valid from a little before it was issued. */
  static final Duration BACKDATING = Duration.ofMinutes(5);

  /**
   * So many failures from the first on are the custody's, and the lock is not held for the rest.
   */
  private static final int HOPELESS = 3;

  private final Issuer issuer;
  private final SerialRandomness randomness;
  private final MonotonicClock monotonic;
  private final IssuedCheck check;
  private final SigningPace pace = new SigningPace();
  private final Map<String, CertificateTemplate> templates = new ConcurrentHashMap<>();

  /** An entry that was made, with what is answered of it. */
  record Made(
      IssuedCredential credential, Entry entry, CertificateSerial serial, Sha256 fingerprint) {}

  Signing(
      Issuer issuer,
      SerialRandomness randomness,
      MonotonicClock monotonic,
      SignatureVerifier verifier) {
    this.issuer = issuer;
    this.randomness = randomness;
    this.monotonic = monotonic;
    this.check = new IssuedCheck(issuer, verifier);
  }

  int groupLimit() {
    return pace.limit();
  }

  /**
   * Signs for the honoured requests of a group, in their order.
   *
   * @throws MembersFailedException if one or more cannot be signed or fail their check
   * @throws KeyCustodyException if nothing can be signed
   */
  List<Made> make(List<GroupDecision.Member> members, SiteHead site, Instant issuedAt) {
    List<IssuedCheck.Meant> meant = new ArrayList<>(members.size());
    List<byte[]> tbs = new ArrayList<>(members.size());
    LogId log = site.log().log();
    for (GroupDecision.Member member : members) {
      IssuedCheck.Meant wanted = meant(member, site, issuedAt);
      meant.add(wanted);
      tbs.add(
          template(member.profile(), log)
              .tbs(
                  wanted.serial(),
                  wanted.device(),
                  wanted.notBefore(),
                  wanted.notAfter(),
                  wanted.key()));
    }
    List<byte[]> signatures = sign(tbs);
    SortedMap<Integer, String> faults = new TreeMap<>();
    List<Made> made = new ArrayList<>(members.size());
    for (int i = 0; i < members.size(); i++) {
      GroupDecision.Member member = members.get(i);
      byte[] certificate =
          template(member.profile(), log).certificate(tbs.get(i), signatures.get(i));
      Optional<String> fault = check.fault(certificate, meant.get(i));
      if (fault.isPresent()) {
        faults.put(i, "what was signed has " + fault.get());
      } else {
        made.add(entry(member, meant.get(i), certificate, site, issuedAt));
      }
    }
    if (!faults.isEmpty()) {
      throw new MembersFailedException(faults);
    }
    return made;
  }

  private CertificateTemplate template(IssuingProfile profile, LogId log) {
    return templates.computeIfAbsent(
        log.hex() + "/" + profile.name(),
        key ->
            new CertificateTemplate(
                issuer.certificate(),
                issuer.custody().algorithm(),
                issuer.base(),
                log.hex(),
                profile.content()));
  }

  private IssuedCheck.Meant meant(GroupDecision.Member member, SiteHead site, Instant issuedAt) {
    return new IssuedCheck.Meant(
        CertificateSerial.of(
            site.log().log().serialBits(),
            site.log().size() + member.ordinal(),
            randomness.next64()),
        member.request().device(),
        member.request().key(),
        issuedAt.minus(BACKDATING),
        member.profile().notAfter(issuedAt),
        member.profile());
  }

  private List<byte[]> sign(List<byte[]> tbs) {
    long before = monotonic.nanos();
    try {
      List<byte[]> signatures = issuer.custody().signAll(tbs);
      if (signatures.size() != tbs.size()) {
        throw new KeyCustodyException(signatures.size() + " signatures for " + tbs.size());
      }
      pace.measured(tbs.size(), monotonic.nanos() - before);
      return signatures;
    } catch (KeyCustodyException e) {
      throw whichFailed(tbs, e);
    }
  }

  /** Finds out whether single members are to blame or the custody is gone. */
  private RuntimeException whichFailed(List<byte[]> tbs, KeyCustodyException all) {
    SortedMap<Integer, String> faults = new TreeMap<>();
    for (int i = 0; i < tbs.size(); i++) {
      try {
        issuer.custody().sign(tbs.get(i));
      } catch (KeyCustodyException e) {
        faults.put(i, "the key custody did not sign for it");
        if (faults.size() == i + 1 && i + 1 >= HOPELESS) {
          return all;
        }
      }
    }
    return faults.isEmpty() || faults.size() == tbs.size()
        ? all
        : new MembersFailedException(faults);
  }

  private Made entry(
      GroupDecision.Member member,
      IssuedCheck.Meant meant,
      byte[] certificate,
      SiteHead site,
      Instant issuedAt) {
    Order order = member.account().order();
    Position feed = site.feed().orElse(Position.START);
    Entry entry =
        new Entry(
            new Octets(certificate),
            order.tenant(),
            new Warrant.Order(order.id(), order.quantity(), order.openedBy(), Optional.empty()),
            order.model(),
            order.hardwareRevision(),
            order.lot(),
            order.profile(),
            member.request().party(),
            member.request().station(),
            issuedAt,
            feed.incarnation(),
            feed.number());
    byte[] encoded = entry.encode();
    IssuedCredential credential =
        new IssuedCredential(
            new Place(site.log().log(), meant.serial().index()),
            meant.device(),
            meant.key().hash(),
            order.id(),
            MerkleTree.leafHash(encoded),
            new Octets(encoded));
    return new Made(credential, entry, meant.serial(), Sha256.of(certificate));
  }
}
