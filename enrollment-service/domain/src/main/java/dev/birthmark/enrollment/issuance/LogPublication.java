package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.TilePath;
import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the site's logs as they are published (C2SP tlog-tiles). Thread-safe. */
public final class LogPublication {
  private final SiteStore<? extends IssuanceTransaction> store;

  /** The logs of one site. */
  public LogPublication(SiteStore<? extends IssuanceTransaction> store) {
    this.store = store;
  }

  /** The signed checkpoint of a log; empty if the site has no such log. */
  public Optional<String> checkpoint(LogId log) {
    return store.read(transaction -> head(transaction, log).map(LogHead::checkpoint));
  }

  /** A tile of the tree or of entries, as far as the checkpoint goes; empty if there is none. */
  public Optional<byte[]> tile(LogId log, TilePath path) {
    return store.read(transaction ->
        head(transaction, log)
            .map(head -> Enrollments.published(transaction, head))
            .filter(published -> path.existsAt(published.size()))
            .map(published ->
                switch (path) {
                  case TilePath.Hashes hashes -> published.tree().tile(hashes);
                  case TilePath.Entries entries -> entries(transaction, log, entries);
                }));
  }

  private static byte[] entries(IssuanceTransaction transaction, LogId log, TilePath.Entries path) {
    long first = path.first();
    List<Octets> entries =
        transaction.log().entries(log, first, first + path.width(), Integer.MAX_VALUE);
    if (entries.size() != path.width()) {
      throw new IllegalStateException("the log lacks entries of " + path.text());
    }
    return EntryBundle.encode(entries.stream().map(Octets::bytes).toList());
  }

  private static Optional<LogHead> head(IssuanceTransaction transaction, LogId log) {
    return Stream.concat(
            transaction.site().head().map(SiteHead::log).stream(),
            transaction.site().closedLogs().stream())
        .filter(head -> head.log().equals(log))
        .findFirst();
  }
}
