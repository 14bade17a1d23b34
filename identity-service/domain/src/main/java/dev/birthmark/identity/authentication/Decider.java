package dev.birthmark.identity.authentication;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.CredentialStatus;
import dev.birthmark.identity.authentication.Decision.Basis;
import dev.birthmark.identity.registry.Credential;
import dev.birthmark.identity.registry.TagKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a device may connect: a function of what was presented, the connection, the trust
 * anchors, the status, the policy and the time. Nothing else is read, nothing is written but the
 * memory of verified signatures; it does not block. Every entrance calls this one.
 *
 * <p>The signature is verified before the log is looked at, so that {@code log-mismatch} means what
 * it says: the issuer's key signed what its site's log does not have at that place.
 */
public final class Decider {
  private final VerifiedSignatures signatures;
  private final TagKey tags;

  /** With the verifier of signatures and the installation's tag key. */
  public Decider(VerifiedSignatures signatures, TagKey tags) {
    this.signatures = signatures;
    this.tags = tags;
  }

  /** Decides. */
  public Decision decide(
      Presented presented,
      ConnectionFacts connection,
      TrustAnchors anchors,
      StatusView view,
      Policy policy,
      Moment now) {
    Question question = new Question(anchors, view, policy, now);
    if (view.isRecovering()) {
      return question.deny(DenyReason.STATUS_RECOVERING, "the database was put back or promoted");
    }
    return switch (presented) {
      case Presented.Chain chain -> decide(chain, question);
      case Presented.Fingerprint fingerprint -> decide(fingerprint, question);
    };
  }

  private Decision decide(Presented.Chain chain, Question question) {
    List<byte[]> certificates = chain.certificates();
    if (certificates.size() > Presented.Chain.MAX_CERTIFICATES) {
      return question.deny(
          DenyReason.CHAIN_TOO_LONG, certificates.size() + " certificates, more than 8");
    }
    if (certificates.stream().mapToLong(der -> der.length).sum() > Presented.Chain.MAX_OCTETS) {
      return question.deny(DenyReason.TOO_LARGE, "more than 65,536 octets");
    }
    if (certificates.isEmpty()) {
      return question.deny(DenyReason.MALFORMED, "no certificate");
    }
    DeviceCertificate leaf;
    try {
      leaf = DeviceCertificate.parse(certificates.getFirst());
    } catch (MalformedCertificateException e) {
      return question.deny(DenyReason.MALFORMED, e.part() + ": " + e.detail());
    }
    PathCheck path = PathCheck.of(leaf, question.anchors(), signatures, question.now().time());
    return switch (path) {
      case PathCheck.Fault(DenyReason reason, String detail) -> question.deny(reason, detail);
      case PathCheck.Good good -> decide(leaf, good.anchor(), question);
    };
  }

  private Decision decide(DeviceCertificate leaf, TrustAnchors.Anchor anchor, Question question) {
    Optional<DeviceId> device = leaf.deviceId();
    if (device.isEmpty()) {
      return question.deny(
          DenyReason.NOT_A_DEVICE_CERTIFICATE,
          "subject: not a device id as serialNumber and common name");
    }
    CertificateSerial serial = leaf.serial();
    if (!serial.isPlace()) {
      return question.deny(
          Decider.notInLog("its serial is no place in a log", false), anchor.site().tenant());
    }
    Optional<LogState> found =
        question.view().logOf(serial.logBits()).filter(log -> log.site().equals(anchor.site()));
    if (found.isEmpty()) {
      return question.absent(
          "its serial names no log of its issuer's site", anchor.site().tenant());
    }
    LogState log = found.get();
    long index = serial.index();
    if (index >= log.size()) {
      return question.absent(log, index);
    }
    if (log.status(index) != CredentialStatus.BAD_ENTRY
        && log.slots().tag(index) != tags.tag(leaf.fingerprint())) {
      return question.deny(
          DenyReason.LOG_MISMATCH, "the log has another certificate at its place", log, index);
    }
    return standing(
        log, index, device.get(), serial, leaf.fingerprint(), leaf.notAfter(), question);
  }

  private static Decision decide(Presented.Fingerprint presented, Question question) {
    if (presented.credential().isEmpty()) {
      return question.deny(
          DenyReason.UNKNOWN_CREDENTIAL, "no registered credential has this fingerprint");
    }
    Credential credential = presented.credential().get();
    Instant now = question.now().time();
    LogId logId = credential.place().log();
    long index = credential.place().index();
    Optional<LogState> found = question.view().log(logId);
    if (found.isPresent() && !question.anchors().covers(found.get().site())) {
      return question.deny(
          DenyReason.UNKNOWN_CREDENTIAL, "no registered credential has this fingerprint");
    }
    if (found.isEmpty()) {
      return question.absent("its log has not been taken over here", credential.tenant());
    }
    LogState log = found.get();
    if (index >= log.size()) {
      return question.absent(log, index);
    }
    if (now.isBefore(credential.notBefore())) {
      return question.deny(DenyReason.NOT_YET_VALID, "valid from " + credential.notBefore());
    }
    if (now.getEpochSecond() > credential.notAfter().getEpochSecond()) {
      return question.deny(DenyReason.EXPIRED, "valid until " + credential.notAfter());
    }
    return standing(
        log,
        index,
        credential.device(),
        credential.serial(),
        credential.fingerprint(),
        credential.notAfter(),
        question);
  }

  private static Decision standing(
      LogState log,
      long index,
      DeviceId device,
      CertificateSerial serial,
      Sha256 fingerprint,
      Instant notAfter,
      Question question) {
    CredentialStatus status = log.status(index);
    return switch (status) {
      case BAD_ENTRY ->
          question.deny(DenyReason.BAD_ENTRY, "its log entry failed its own check", log, index);
      case REVOKED -> question.withdrawn(DenyReason.REVOKED, log, index, status);
      case HELD -> question.withdrawn(DenyReason.SUSPENDED, log, index, status);
      case GOOD ->
          question.allow(
              new DeviceFacts(
                  device,
                  question.view().facts(log.slots().facts(index)),
                  serial,
                  fingerprint,
                  notAfter,
                  new Place(log.id(), index)),
              log);
    };
  }

  private static Refusal notInLog(String detail, boolean retryable) {
    return new Refusal(DenyReason.NOT_IN_LOG, detail, retryable);
  }

  private record Refusal(DenyReason reason, String detail, boolean retryable) {}

  /** What a decision is made from, and the forms of its answer. */
  private record Question(TrustAnchors anchors, StatusView view, Policy policy, Moment now) {

    Decision deny(DenyReason reason, String detail) {
      String tenant = anchors.tenant().orElse("");
      return deny(new Refusal(reason, detail, reason.isRetryable()), tenant);
    }

    Decision deny(Refusal refusal, String tenant) {
      return new Decision.Deny(
          refusal.reason(),
          refusal.detail(),
          Optional.empty(),
          refusal.retryable(),
          new Basis(view.statusAsOf(), view.position(tenant), Optional.empty(), 0));
    }

    Decision deny(DenyReason reason, String detail, LogState log, long index) {
      return deny(reason, detail, Optional.empty(), log, index);
    }

    Decision withdrawn(DenyReason reason, LogState log, long index, CredentialStatus status) {
      Optional<Reason> cause = log.why(index, status);
      return deny(
          reason,
          reason.text() + cause.map(why -> ": " + why.text()).orElse(""),
          cause,
          log,
          index);
    }

    /** What is not there may have come since, if this node has not heard for long. */
    Decision absent(LogState log, long index) {
      return isStale()
          ? deny(DenyReason.STALE_STATUS, staleness(), log, index)
          : deny(
              DenyReason.NOT_IN_LOG,
              "its log has " + log.size() + " entries here, its index is " + index,
              log,
              index);
    }

    Decision absent(String detail, String tenant) {
      return isStale()
          ? deny(new Refusal(DenyReason.STALE_STATUS, staleness(), true), tenant)
          : deny(notInLog(detail, true), tenant);
    }

    Decision allow(DeviceFacts device, LogState log) {
      boolean stale = isStale();
      if (stale && !policy.allowStaleModels().contains(device.facts().model())) {
        return deny(DenyReason.STALE_STATUS, staleness(), log, device.place().index());
      }
      return new Decision.Allow(
          device,
          stale ? List.of(Obligation.ASK_AGAIN) : List.of(),
          basis(log, device.place().index()));
    }

    private Decision deny(
        DenyReason reason, String detail, Optional<Reason> cause, LogState log, long index) {
      return new Decision.Deny(reason, detail, cause, reason.isRetryable(), basis(log, index));
    }

    private Basis basis(LogState log, long index) {
      Position position = view.position(log.site().tenant());
      return new Basis(
          view.statusAsOf(), position, Optional.of(new Place(log.id(), index)), log.size());
    }

    private boolean isStale() {
      return view.age(now.nanos())
          .map(age -> age.compareTo(policy.stalenessBound()) > 0)
          .orElse(true);
    }

    private String staleness() {
      return view.age(now.nanos())
          .map(Duration::toSeconds)
          .map(seconds -> "this node has heard nothing for " + seconds + " s")
          .orElse("this node has heard nothing yet");
    }
  }
}
