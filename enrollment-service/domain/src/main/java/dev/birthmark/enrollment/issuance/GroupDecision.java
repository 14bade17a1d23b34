package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.EntryFacts;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.registration.OrderAccount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides, member by member in their order, which requests of a group are honoured: the first of
 * two that want the same wins. Reads nothing but what it was given.
 */
final class GroupDecision {
  /** A certificate that does not exist yet is recalled by none of the names that it will get. */
  private static final CertificateSerial NO_SERIAL = new CertificateSerial(BigInteger.ONE);

  private static final Sha256 NO_FINGERPRINT = new Sha256(new byte[Sha256.LENGTH]);

  private final Map<String, IssuingProfile> profiles;
  private final SortedMap<String, OrderAccount> orders;
  private final RecallIndex recalls;
  private final Octets issuerKey;
  private final String site;
  private final SortedMap<String, IssuedCredential> devices = new TreeMap<>();
  private final SortedMap<Sha256, IssuedCredential> keys = new TreeMap<>();
  private final SortedMap<String, Integer> taken = new TreeMap<>();
  private final SortedMap<String, Member> newDevices = new TreeMap<>();
  private final SortedMap<Sha256, Member> newKeys = new TreeMap<>();
  private final List<Member> honoured = new ArrayList<>();

  /**
   * A request that is honoured.
   *
   * @param ordinal among the honoured ones, from 0: its index from the log's size on
   */
  record Member(int ordinal, GatedRequest request, OrderAccount account, IssuingProfile profile) {}

  /** What was decided of one request. */
  sealed interface Verdict {
    /** It gets a certificate. */
    record Honoured(Member member) implements Verdict {}

    /** An earlier request of the same group asked for the same. */
    record SameAs(Member member) implements Verdict {}

    /** It has its certificate. */
    record Known(IssuedCredential credential) implements Verdict {}

    /** It gets none. */
    record Refused(IssuanceOutcome.Refused outcome) implements Verdict {}
  }

  GroupDecision(
      Map<String, IssuingProfile> profiles,
      SortedMap<String, OrderAccount> orders,
      RecallIndex recalls,
      Octets issuerKey,
      String site,
      List<IssuedCredential> ofDevices,
      List<IssuedCredential> ofKeys) {
    this.profiles = profiles;
    this.orders = orders;
    this.recalls = recalls;
    this.issuerKey = issuerKey;
    this.site = site;
    ofDevices.forEach(credential -> devices.put(credential.device().canonical(), credential));
    ofKeys.forEach(credential -> keys.put(credential.key(), credential));
  }

  /** The honoured requests, by ordinal. */
  List<Member> honoured() {
    return honoured;
  }

  /** How many units of each order the honoured requests take. */
  SortedMap<String, Integer> taken() {
    return taken;
  }

  Verdict decide(GatedRequest request) {
    String device = request.device().canonical();
    Sha256 key = request.key().hash();
    IssuedCredential known = devices.get(device);
    if (known != null) {
      return known.key().equals(key)
          ? new Verdict.Known(known)
          : refused(RefusalReason.DEVICE_ENROLLED, "the device is enrolled with another key");
    }
    Member same = newDevices.get(device);
    if (same != null) {
      return same.request().key().hash().equals(key)
          ? new Verdict.SameAs(same)
          : refused(RefusalReason.DEVICE_ENROLLED, "the device is enrolled with another key");
    }
    if (keys.containsKey(key) || newKeys.containsKey(key)) {
      return refused(RefusalReason.KEY_IN_USE, "the key is another device's");
    }
    return decideByOrder(request, device, key);
  }

  private Verdict decideByOrder(GatedRequest request, String device, Sha256 key) {
    OrderAccount account = orders.get(request.order());
    if (account == null) {
      return refused(RefusalReason.ORDER_UNKNOWN, "there is no such order");
    }
    IssuingProfile profile = profiles.get(account.order().profile());
    if (profile == null) {
      return refused(RefusalReason.PROFILE_UNKNOWN, "the site no longer has the order's profile");
    }
    if (!profile.keys().contains(request.key().algorithm())) {
      return refused(
          RefusalReason.PROFILE_KEY,
          "the profile takes no " + request.key().algorithm().label() + " keys");
    }
    Optional<Recall> recall = recalls.matching(facts(request, account));
    if (recall.isPresent()) {
      return refused(
          RefusalReason.RECALLED,
          "withdrawn by change " + recall.get().position() + ": " + recall.get().reason());
    }
    int taking = taken.getOrDefault(request.order(), 0);
    if (taking >= account.remaining()) {
      return refused(
          RefusalReason.QUOTA_EXHAUSTED,
          "all " + account.order().quantity() + " of the order have been issued");
    }
    Member member = new Member(honoured.size(), request, account, profile);
    honoured.add(member);
    taken.put(request.order(), taking + 1);
    newDevices.put(device, member);
    newKeys.put(key, member);
    return new Verdict.Honoured(member);
  }

  private static Verdict refused(RefusalReason reason, String detail) {
    return new Verdict.Refused(new IssuanceOutcome.Refused(reason, detail));
  }

  private EntryFacts facts(GatedRequest request, OrderAccount account) {
    return new EntryFacts(
        request.device(),
        NO_SERIAL,
        NO_FINGERPRINT,
        request.key().hash(),
        issuerKey,
        site,
        request.order(),
        account.order().model(),
        account.order().hardwareRevision(),
        account.order().lot(),
        account.order().profile(),
        request.station());
  }
}
