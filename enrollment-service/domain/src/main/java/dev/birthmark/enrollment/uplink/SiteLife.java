package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.issuance.LogSigner;
import dev.birthmark.enrollment.site.ClockGuard;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteState;
import dev.birthmark.enrollment.site.SiteStore;
import dev.birthmark.enrollment.site.Standing;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leads a site from one standing to the next: registered, open; and after its records were put
 * back, through fetching what it lost to the next log. Each step is safe to repeat, and to cut
 * short anywhere: what was done is durable, and the next step begins by looking.
 *
 * <p>A site in recovery waits until an administrator closes its log. Only a closing that it has
 * waited for lets it issue in the next log: one that it finds done may have been answered to its
 * former life, which may have issued in that next log already.
 */
public final class SiteLife {
  /** Numbers that the identity service may have passed over because their log ids were taken. */
  private static final int ORDINALS_AHEAD = 16;

  private final SiteStore<? extends SiteTransaction> store;
  private final IdentityUplink uplink;
  private final IdentityKeys keys;
  private final LogSigner logSigner;
  private final ClockGuard clockGuard;
  private final LogPush push;
  private final LostEntries lost;
  private final Standings standings;
  private boolean looked;

  /** A life of a site; belongs to one thread. */
  public SiteLife(
      SiteStore<? extends SiteTransaction> store,
      IdentityUplink uplink,
      IdentityBundle identity,
      IssuerCertificate issuer,
      SignatureVerifier verifier,
      LogSigner logSigner,
      ClockGuard clockGuard,
      LogPush push) {
    this.store = store;
    this.uplink = uplink;
    this.keys = new IdentityKeys(identity, verifier);
    this.logSigner = logSigner;
    this.clockGuard = clockGuard;
    this.push = push;
    this.lost = new LostEntries(identity.tenant(), issuer, verifier);
    this.standings = new Standings(store);
  }

  /**
   * One step. While the standing is {@code recovering}, the next one is worth taking at once as
   * long as steps return; else when something may have changed.
   *
   * @return the standing after it
   * @throws UplinkUnavailableException if the identity service did not answer: step again later
   * @throws dev.birthmark.enrollment.site.StoreUnavailableException and {@link
   *     dev.birthmark.enrollment.site.CommitOutcomeUnknownException} likewise
   */
  public Standing step() {
    SiteHead site = store.read(transaction -> transaction.site().head().orElseThrow());
    if (site.standing().state() != SiteState.HALTED) {
      if (!site.inItsDatabase()) {
        noticeDatabase();
      } else {
        step(site);
      }
    }
    return store.read(transaction -> transaction.site().head().orElseThrow()).standing();
  }

  private void step(SiteHead site) {
    switch (site.standing().state()) {
      case UNREGISTERED -> register(site.log());
      case OPEN -> lookOnce(site.log());
      case RECOVERING, WAITING_REOPEN -> recover(site);
      case HALTED -> {}
    }
  }

  private void noticeDatabase() {
    store.write(transaction -> {
      SiteHead site = transaction.site().lock();
      if (!site.inItsDatabase()) {
        transaction.site().acceptDatabase();
        transaction
            .site()
            .stand(
                new Standing(
                    SiteState.RECOVERING,
                    "the database " + site.stored() + " was put back as " + site.current()));
      }
      return true;
    });
  }

  private Optional<MirroredLog> mirror(LogId log) {
    Optional<MirroredLog> mirror = uplink.log(log);
    mirror.ifPresent(there -> clockGuard.heard(there.time()));
    return mirror;
  }

  private void register(LogHead log) {
    Optional<MirroredLog> mirror = mirror(log.log());
    if (mirror.isPresent()) {
      boolean fresh = mirror.get().size() == 0 && !mirror.get().closed() && log.size() == 0;
      standings.turn(
          fresh
              ? Standing.of(SiteState.OPEN)
              : new Standing(SiteState.RECOVERING, "the site had issued before"));
    }
  }

  /**
   * A put-back that the database does not show is noticed before the first push, where possible.
   */
  private void lookOnce(LogHead log) {
    if (!looked) {
      Optional<MirroredLog> mirror = mirror(log.log());
      // What another process issued and pushed meanwhile is in the head as it is now.
      long size = store.read(transaction -> transaction.site().head().orElseThrow()).log().size();
      if (mirror.isPresent() && mirror.get().size() > size) {
        standings.recover(
            "the identity service has " + mirror.get().size() + " entries, the site " + size);
      }
      looked = true;
    }
  }

  private void recover(SiteHead site) {
    LogHead log = site.log();
    Optional<MirroredLog> there = mirror(log.log());
    if (there.isEmpty()) {
      if (log.size() == 0 && log.ordinal() == 1) {
        standings.turn(Standing.of(SiteState.UNREGISTERED));
      }
      return;
    }
    MirroredLog mirror = there.get();
    if (mirror.size() > log.size()) {
      fetch(log);
    } else if (!sameTree(log, mirror)) {
      standings.halt("the identity service has another tree of " + mirror.size() + " entries");
    } else if (mirror.size() < log.size()) {
      if (mirror.closed()) {
        forget(log, mirror.size());
      } else {
        push.push();
      }
    } else if (signed(log, mirror)) {
      goOn(site, mirror.closed());
    }
  }

  private boolean sameTree(LogHead log, MirroredLog mirror) {
    return store
        .read(transaction -> tree(transaction, log.log(), mirror.size()).root())
        .equals(mirror.root());
  }

  private static StoredTree tree(SiteTransaction transaction, LogId log, long size) {
    return new StoredTree(
        (level, first, count) -> transaction.log().hashes(log, level, first, count), size);
  }

  private void fetch(LogHead log) {
    List<Octets> entries = uplink.entries(log.log(), log.size());
    List<LostEntries.Found> found;
    try {
      found = lost.check(log.log(), log.size(), entries);
    } catch (LostEntries.ForeignEntryException e) {
      standings.halt(String.valueOf(e.getMessage()));
      return;
    }
    Optional<String> fault =
        store.write(transaction -> {
          SiteHead now = transaction.site().lock();
          return stillAt(now, log) ? lost.add(transaction, now, found) : Optional.empty();
        });
    fault.ifPresent(standings::halt);
  }

  private static boolean stillAt(SiteHead now, LogHead log) {
    SiteState state = now.standing().state();
    return (state == SiteState.RECOVERING || state == SiteState.WAITING_REOPEN)
        && now.log().origin().equals(log.origin())
        && now.log().size() == log.size();
  }

  /** The log was closed before entries that only this backup has: they never were registered. */
  private void forget(LogHead log, long size) {
    store.write(transaction -> {
      SiteHead now = transaction.site().lock();
      if (stillAt(now, log)) {
        RightEdge edge = tree(transaction, log.log(), size).edge();
        SortedMap<String, Integer> issued = new TreeMap<>();
        for (IssuedCredential one : transaction.log().forget(log.log(), size)) {
          issued.merge(one.order(), -1, Integer::sum);
        }
        transaction.orders().addIssued(issued);
        String checkpoint = logSigner.sign(log.origin(), size, edge.root());
        transaction
            .site()
            .move(new LogHead(log.ordinal(), log.origin(), edge, checkpoint, log.time()));
      }
      return true;
    });
  }

  /** Everything is here: it must be the tree that the site itself signed, and was cosigned. */
  private boolean signed(LogHead log, MirroredLog mirror) {
    if (mirror.size() == 0) {
      return true;
    }
    Optional<String> note = uplink.checkpoint(log.log());
    Optional<Checkpoint> cosigned =
        note.flatMap(text -> keys.cosigned(text, logSigner.key(log.origin())));
    if (cosigned.isEmpty()) {
      standings.halt("the identity service has no checkpoint of the site's that it cosigned");
      return false;
    }
    if (cosigned.get().size() != log.size()) {
      return false;
    }
    if (!cosigned.get().root().equals(log.root())) {
      standings.halt("the identity service cosigned another tree of " + log.size() + " entries");
      return false;
    }
    String checkpoint = logSigner.sign(log.origin(), log.size(), log.root());
    return store.write(transaction -> {
      SiteHead now = transaction.site().lock();
      if (!stillAt(now, log)) {
        return false;
      }
      LogHead head = now.log();
      transaction
          .site()
          .move(new LogHead(head.ordinal(), head.origin(), head.edge(), checkpoint, head.time()));
      transaction.uplink().register(new Registered(log.log(), log.size(), note.orElseThrow()));
      return true;
    });
  }

  private void goOn(SiteHead site, boolean closed) {
    boolean waited = site.standing().state() == SiteState.WAITING_REOPEN;
    if (!closed) {
      if (!waited) {
        standings.turn(
            new Standing(SiteState.WAITING_REOPEN, "an administrator has to reopen the site"));
      }
      return;
    }
    for (int ahead = 1; ahead <= ORDINALS_AHEAD; ahead++) {
      LogHead next = logSigner.open(site.log().ordinal() + ahead, site.log().time());
      Optional<MirroredLog> mirror = mirror(next.log());
      boolean unused = mirror.isPresent() && mirror.get().size() == 0;
      // An empty log closed meanwhile: the administrator asked twice.
      boolean skipped = waited && unused && mirror.get().closed();
      if (mirror.isPresent() && !skipped) {
        succeed(
            site.log(),
            next,
            waited && unused
                ? Standing.of(SiteState.OPEN)
                : new Standing(SiteState.RECOVERING, "the next log was opened before"));
        return;
      }
    }
  }

  private void succeed(LogHead log, LogHead next, Standing standing) {
    store.write(transaction -> {
      SiteHead now = transaction.site().lock();
      if (stillAt(now, log) && now.inItsDatabase()) {
        transaction.site().succeed(now.log(), next);
        transaction.site().stand(standing);
      }
      return true;
    });
  }
}
