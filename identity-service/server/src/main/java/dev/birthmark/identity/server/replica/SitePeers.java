package dev.birthmark.identity.server.replica;

import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.bearer.PinnedPeers;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.identity.registry.RegistryStore;
import dev.birthmark.identity.registry.SiteName;
import dev.birthmark.identity.registry.SiteRow;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The registered sites, known by the key of their client certificate. Answers from memory. */
@Singleton
public class SitePeers implements PinnedPeers {

  /** The role that a site's certificate gives. */
  public static final String ROLE = "site";

  private record Peer(SiteName site, Caller caller) {}

  private final RegistryStore store;
  private volatile Map<Sha256, Peer> peers = new TreeMap<>();
  private SortedMap<SiteName, Long> numbers = new TreeMap<>();

  SitePeers(RegistryStore store) {
    this.store = store;
  }

  /** Reads the sites again if any was added or replaced; what is known already stays as it is. */
  public synchronized void refresh() {
    SortedMap<SiteName, Long> current = store.read(tx -> tx.sites().numbers());
    if (current.equals(numbers)) {
      return;
    }
    Map<Sha256, Peer> before = peers;
    Map<Sha256, Peer> now = new TreeMap<>();
    for (SiteRow row : store.read(tx -> tx.sites().all())) {
      Peer known = before.get(row.clientKey());
      now.put(
          row.clientKey(),
          known != null && known.site().equals(row.name())
              ? known
              : new Peer(row.name(), caller(row.name())));
    }
    peers = now;
    numbers = current; // older than what was read at worst, and then it is read once more
  }

  private static Caller caller(SiteName site) {
    String name = "site:" + site.site();
    return new Caller(site.tenant(), name, name, name, new TreeSet<>(List.of(ROLE)), Instant.EPOCH);
  }

  @Override
  public Optional<Caller> holder(X509Certificate certificate) {
    try {
      Sha256 key = SubjectPublicKey.parse(certificate.getPublicKey().getEncoded()).hash();
      return Optional.ofNullable(peers.get(key)).map(Peer::caller);
    } catch (KeyRefusedException e) {
      return Optional.empty();
    }
  }

  /** Refuses a token that gives the role of a site: only a client certificate does. */
  public void refuseFalseSite(Caller caller) {
    if (caller.has(ROLE) && siteOf(caller).isEmpty()) {
      throw Problem.of(
              CommonProblem.FORBIDDEN, "A site is known by its client certificate, not by a token.")
          .exception();
    }
  }

  /**
   * The site that this caller is. Only the very object that was handed out for a certificate
   * counts: whatever a bearer token says of itself, it makes nobody a site.
   */
  @SuppressWarnings("ReferenceEquality") // an equal caller could be made from a token
  public Optional<SiteName> siteOf(Caller caller) {
    return peers.values().stream()
        .filter(peer -> peer.caller() == caller)
        .map(Peer::site)
        .findFirst();
  }
}
