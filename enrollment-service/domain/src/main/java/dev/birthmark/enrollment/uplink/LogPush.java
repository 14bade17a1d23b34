package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.enrollment.issuance.LogSigner;
import dev.birthmark.enrollment.site.ClockGuard;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import java.util.List;
import java.util.Optional;

/**
 * Pushes the issuance log. Any number of processes may push at once: a push that brings nothing new
 * changes nothing. Holds no lock while it waits for an answer.
 */
public final class LogPush {
  private final SiteStore<? extends SiteTransaction> store;
  private final IdentityUplink uplink;
  private final IdentityKeys keys;
  private final LogSigner logSigner;
  private final ClockGuard clockGuard;
  private final Standings standings;
  private final int maxOctets;

  /** Pushes as much at once as the identity service takes. */
  public LogPush(
      SiteStore<? extends SiteTransaction> store,
      IdentityUplink uplink,
      IdentityBundle identity,
      SignatureVerifier verifier,
      LogSigner logSigner,
      ClockGuard clockGuard) {
    this(store, uplink, identity, verifier, logSigner, clockGuard, IdentityUplink.MAX_OCTETS);
  }

  LogPush(
      SiteStore<? extends SiteTransaction> store,
      IdentityUplink uplink,
      IdentityBundle identity,
      SignatureVerifier verifier,
      LogSigner logSigner,
      ClockGuard clockGuard,
      int maxOctets) {
    this.store = store;
    this.uplink = uplink;
    this.keys = new IdentityKeys(identity, verifier);
    this.logSigner = logSigner;
    this.clockGuard = clockGuard;
    this.standings = new Standings(store);
    this.maxOctets = maxOctets;
  }

  private record Plan(
      LogHead log, Registered registered, String checkpoint, List<Octets> entries) {}

  /**
   * Pushes what comes after the last registered entry, as much as one push carries.
   *
   * @throws UplinkUnavailableException if it is not known what was taken: push again
   * @throws dev.birthmark.enrollment.site.StoreUnavailableException if the store failed: push again
   * @throws dev.birthmark.enrollment.site.CommitOutcomeUnknownException as well: what is stored is
   *     only what the answer to the next push says again
   */
  public PushResult push() {
    Optional<SiteHead> site = store.read(transaction -> transaction.site().head());
    if (site.isEmpty() || !maySpeak(site.get().standing().state())) {
      return new PushResult.NotNow();
    }
    Plan plan = store.read(this::plan);
    if (plan.entries().isEmpty()) {
      return new PushResult.UpToDate(plan.registered());
    }
    LogId log = plan.log().log();
    PushAnswer answer =
        uplink.push(log, plan.registered().size(), plan.checkpoint(), plan.entries());
    return switch (answer) {
      case PushAnswer.Accepted accepted -> {
        clockGuard.heard(accepted.time());
        yield accept(plan.log(), accepted.checkpoint(), accepted.size());
      }
      case PushAnswer.SizeDiffers other -> resume(plan, other.size());
      case PushAnswer.Refused refused -> refused(refused);
    };
  }

  /** How much of the open log is registered. */
  public Registered registered() {
    return store.read(transaction ->
        transaction.uplink().registered(transaction.site().head().orElseThrow().log().log()));
  }

  private static boolean maySpeak(SiteState state) {
    return switch (state) {
      case OPEN, RECOVERING, WAITING_REOPEN -> true;
      case UNREGISTERED, HALTED -> false;
    };
  }

  private Plan plan(SiteTransaction transaction) {
    LogHead log = transaction.site().head().orElseThrow().log();
    Registered registered = transaction.uplink().registered(log.log());
    List<Octets> entries =
        transaction.log().entries(log.log(), registered.size(), log.size(), maxOctets);
    long to = registered.size() + entries.size();
    if (entries.isEmpty()) {
      return new Plan(log, registered, "", entries);
    }
    Sha256 root = to == log.size() ? log.root() : rootAt(transaction, log.log(), to);
    return new Plan(log, registered, logSigner.sign(log.origin(), to, root), entries);
  }

  private static Sha256 rootAt(SiteTransaction transaction, LogId log, long size) {
    return new StoredTree(
            (level, first, count) -> transaction.log().hashes(log, level, first, count), size)
        .root();
  }

  /** Takes the mirror's cosigned checkpoint for what is registered, if it is of the site's tree. */
  private PushResult accept(LogHead sent, String note, long size) {
    Optional<Checkpoint> cosigned = keys.cosigned(note, logSigner.key(sent.origin()));
    if (cosigned.isEmpty() || cosigned.get().size() != size) {
      return new PushResult.Refused(
          "bad-cosignature", "the answer has no checkpoint that the identity service cosigned");
    }
    // What another process issued and pushed meanwhile is in the head as it is now.
    LogHead log = store.read(transaction -> transaction.site().head().orElseThrow()).log();
    if (!log.origin().equals(sent.origin())) {
      return new PushResult.NotNow();
    }
    if (size > log.size()) {
      standings.recover("the identity service has " + size + " entries, the site " + log.size());
      return new PushResult.StandingChanged();
    }
    Sha256 ours = store.read(transaction -> rootAt(transaction, log.log(), size));
    if (!ours.equals(cosigned.get().root())) {
      standings.halt("the identity service cosigned another tree of " + size + " entries");
      return new PushResult.StandingChanged();
    }
    return new PushResult.Pushed(register(new Registered(log.log(), size, note)));
  }

  private Registered register(Registered registered) {
    return store.write(transaction -> {
      transaction.uplink().register(registered);
      return registered;
    });
  }

  /** The mirror ends elsewhere: an answer was lost, or one of the two databases was put back. */
  private PushResult resume(Plan plan, long size) {
    Optional<String> note = size == 0 ? Optional.empty() : uplink.checkpoint(plan.log().log());
    if (note.isEmpty()) {
      return new PushResult.Pushed(register(new Registered(plan.log().log(), 0, "")));
    }
    long cosigned =
        keys.cosigned(note.get(), logSigner.key(plan.log().origin()))
            .map(Checkpoint::size)
            .orElse(size);
    return accept(plan.log(), note.get(), cosigned);
  }

  private PushResult refused(PushAnswer.Refused refused) {
    return switch (refused.reason()) {
      case PushAnswer.FORK -> {
        standings.halt("the log was forked: " + refused.detail());
        yield new PushResult.StandingChanged();
      }
      case PushAnswer.CLOSED -> {
        standings.recover("the identity service closed the log: " + refused.detail());
        yield new PushResult.StandingChanged();
      }
      default -> new PushResult.Refused(refused.reason(), refused.detail());
    };
  }
}
