package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.credential.trust.IdentityBundle;
import dev.birthmark.credential.trust.SiteBundle;
import dev.birthmark.identity.registry.SiteOutcome.Refusal;
import dev.birthmark.identity.revocation.CommitOutcomeUnknownException;
import dev.birthmark.identity.revocation.HeadSigner;
import dev.birthmark.identity.revocation.Installation;
import dev.birthmark.identity.revocation.Script;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Registers sites from their bundles and lets a site that was put back open its next log. Both can
 * be repeated: the second time finds what the first one did. Blocks; safe for use by several
 * threads.
 */
public final class Sites {
  private final RegistryStore store;
  private final SignatureVerifier verifier;
  private final Cosigner cosigner;
  private final HeadSigner heads;
  private final List<Octets> tlsRoots;

  /**
   * With what an identity bundle tells a site.
   *
   * @param tlsRoots what this service's TLS certificates end in, in DER
   */
  public Sites(
      RegistryStore store,
      SignatureVerifier verifier,
      Cosigner cosigner,
      HeadSigner heads,
      List<Octets> tlsRoots) {
    this.store = store;
    this.verifier = verifier;
    this.cosigner = cosigner;
    this.heads = heads;
    this.tlsRoots = List.copyOf(tlsRoots);
  }

  /**
   * Registers a site, or replaces its bundle by one with a higher number.
   *
   * @param tenant of the administrator's token
   * @param administrator who it is
   * @param pem the bundle
   */
  public SiteOutcome register(String tenant, String administrator, String pem) {
    SiteBundle bundle;
    try {
      bundle = SiteBundle.open(pem, verifier);
    } catch (MalformedException e) {
      return refused(Refusal.BUNDLE_MALFORMED, e.part() + ": " + e.detail());
    } catch (UnknownVersionException e) {
      return refused(Refusal.BUNDLE_VERSION, "version " + e.version());
    }
    if (!bundle.tenant().equals(tenant)) {
      return refused(Refusal.TENANT_MISMATCH, "the bundle names another tenant");
    }
    return write(tx -> register(tx, bundle, administrator, pem));
  }

  /** All sites of a tenant, with their logs in the order in which they were opened. */
  public List<Listed> list(String tenant) {
    return store.read(tx ->
        tx.sites().all().stream()
            .filter(site -> site.name().tenant().equals(tenant))
            .map(site -> new Listed(site, tx.logs().of(site.name())))
            .toList());
  }

  /** The site whose client certificate has this key. */
  public Optional<SiteRow> byClientKey(SubjectPublicKey key) {
    return store.read(tx -> tx.sites().byClientKey(key.hash()));
  }

  /**
   * A site and its logs.
   *
   * @param site the site
   * @param logs its logs, the open one last
   */
  public record Listed(SiteRow site, List<LogRow> logs) {
    public Listed {
      logs = List.copyOf(logs);
    }
  }

  /**
   * Closes the site's open log at its stored size and registers the next: the same origin with
   * {@code /2}, {@code /3} and so on, the same key. Closes an empty log too: a site that found its
   * log closed waits for the next one to be closed as well, because its former life may have issued
   * there.
   */
  public SiteOutcome reopen(SiteName name) {
    return write(tx -> reopen(tx, name));
  }

  private SiteOutcome register(
      RegistryTransaction tx, SiteBundle bundle, String administrator, String pem) {
    tx.sites().lockRegistrations();
    SiteName name = new SiteName(bundle.tenant(), bundle.site());
    Optional<SiteRow> before = tx.sites().site(name);
    if (before.isPresent()
        && (bundle.number() < before.get().number()
            || (bundle.number() == before.get().number()
                && !pem.strip().equals(before.get().bundle().strip())))) {
      return refused(
          Refusal.BUNDLE_SUPERSEDED, "bundle " + before.get().number() + " is registered");
    }
    Optional<SiteOutcome> conflict = conflict(tx, name, bundle);
    if (conflict.isPresent()) {
      return conflict.get();
    }
    Instant now = tx.installation().now();
    if (before.isEmpty() || before.get().number() < bundle.number()) {
      tx.sites()
          .put(
              new SiteRow(
                  name,
                  bundle.number(),
                  pem,
                  bundle.client().key().hash(),
                  issuerKeys(bundle),
                  administrator,
                  now));
    }
    List<LogId> known = tx.logs().of(name).stream().map(LogRow::id).toList();
    for (NoteKey log : bundle.logs()) {
      if (!known.contains(LogId.of(log.name()))) {
        tx.logs().insert(LogRow.empty(log, name, now));
      }
    }
    tx.feed().open(name.tenant());
    return new SiteOutcome.Registered(name, identityBundle(name), before.isEmpty());
  }

  /** An issuer key, a client key and a log's 30 bits belong to one site of the installation. */
  private static Optional<SiteOutcome> conflict(
      RegistryTransaction tx, SiteName name, SiteBundle bundle) {
    SortedSet<Sha256> keys = issuerKeys(bundle);
    keys.add(bundle.client().key().hash());
    for (SiteRow other : tx.sites().all()) {
      if (!other.name().equals(name)
          && (keys.contains(other.clientKey())
              || other.issuerKeys().stream().anyMatch(keys::contains))) {
        return Optional.of(refused(Refusal.KEY_TAKEN, "a key in it belongs to another site"));
      }
    }
    List<SubjectPublicKey> logKeys = bundle.logs().stream().map(NoteKey::key).toList();
    for (LogRow log : tx.logs().all()) {
      if (log.site().equals(name)) {
        if (!logKeys.contains(log.key()) || changesKey(bundle, log)) {
          return Optional.of(
              refused(Refusal.LOG_KEY_CHANGED, "log " + log.origin() + " has another key"));
        }
      } else if (bundle.logs().stream().anyMatch(mine -> contends(mine.name(), log))) {
        return Optional.of(
            refused(Refusal.LOG_TAKEN, "a log in it is taken, or extends one of another site"));
      }
    }
    return Optional.empty();
  }

  private static boolean changesKey(SiteBundle bundle, LogRow log) {
    return bundle.logs().stream()
        .anyMatch(mine -> mine.name().equals(log.origin()) && !mine.key().equals(log.key()));
  }

  private static boolean contends(String origin, LogRow other) {
    return LogId.of(origin).serialBits() == other.id().serialBits()
        || origin.startsWith(other.origin() + "/")
        || other.origin().startsWith(origin + "/");
  }

  private static SortedSet<Sha256> issuerKeys(SiteBundle bundle) {
    SortedSet<Sha256> keys = new TreeSet<>();
    bundle.issuers().forEach(issuer -> keys.add(issuer.publicKey().hash()));
    return keys;
  }

  private IdentityBundle identityBundle(SiteName name) {
    return new IdentityBundle(
        name.tenant(),
        name.site(),
        tlsRoots,
        List.of(cosigner.key()),
        List.of(heads.key(name.tenant())));
  }

  private SiteOutcome reopen(RegistryTransaction tx, SiteName name) {
    if (!Installation.isSteady(tx.installation())) {
      return refused(Refusal.STATUS_RECOVERING, "the database was put back or promoted");
    }
    tx.sites().lockRegistrations();
    List<LogRow> logs = tx.logs().of(name);
    if (logs.isEmpty()) {
      return refused(Refusal.SITE_UNKNOWN, "no such site is registered");
    }
    LogRow open = tx.logs().lock(logs.getLast().id()).orElseThrow();
    tx.logs().update(open.close());
    LogRow next =
        LogRow.empty(new NoteKey(nextOrigin(tx, open), open.key()), name, tx.installation().now());
    tx.logs().insert(next);
    return new SiteOutcome.Reopened(open.id(), open.size(), next.id(), next.origin());
  }

  /** The next number whose 30 bits nobody has. */
  private static String nextOrigin(RegistryTransaction tx, LogRow open) {
    String base = open.origin().replaceFirst("/[0-9]{1,9}$", "");
    int number =
        base.equals(open.origin())
            ? 2
            : Integer.parseInt(open.origin().substring(base.length() + 1)) + 1;
    List<Integer> taken = tx.logs().all().stream().map(log -> log.id().serialBits()).toList();
    while (taken.contains(LogId.of(base + "/" + number).serialBits())) {
      number++;
    }
    return base + "/" + number;
  }

  private SiteOutcome write(Script<RegistryTransaction, SiteOutcome> script) {
    try {
      return store.write(script);
    } catch (CommitOutcomeUnknownException e) {
      return store.write(script);
    }
  }

  private static SiteOutcome refused(Refusal why, String detail) {
    return new SiteOutcome.Refused(why, detail);
  }
}
