package dev.birthmark.enrollment.uplink;

import static java.util.Objects.requireNonNull;

import dev.birthmark.enrollment.site.LogHead;
import dev.birthmark.enrollment.site.SiteHead;
import dev.birthmark.enrollment.site.SiteRecords;
import dev.birthmark.enrollment.site.Standing;
import java.util.List;
import java.util.Optional;

/** The site's row of an {@link InMemorySiteStore}. */
record InMemorySite(InMemoryTransaction transaction) implements SiteRecords {

  @Override
  public Optional<SiteHead> head() {
    return transaction.read(tables ->
        tables.head == null
            ? Optional.empty()
            : Optional.of(
                new SiteHead(
                    requireNonNull(tables.standing),
                    tables.head,
                    Optional.ofNullable(tables.feed),
                    requireNonNull(tables.mark),
                    transaction.mark)));
  }

  @Override
  public SiteHead lock() {
    transaction.lockSite();
    return head().orElseThrow(() -> new IllegalStateException("the site was never founded"));
  }

  @Override
  public boolean found(Standing standing, LogHead log) {
    transaction.lockSite();
    if (head().isPresent()) {
      return false;
    }
    transaction.write(tables -> {
      tables.standing = standing;
      tables.head = log;
      tables.mark = transaction.mark;
    });
    return true;
  }

  @Override
  public void move(LogHead log) {
    transaction.writeLocked(tables -> tables.head = log);
  }

  @Override
  public void stand(Standing standing) {
    transaction.writeLocked(tables -> tables.standing = standing);
  }

  @Override
  public void acceptDatabase() {
    transaction.writeLocked(tables -> tables.mark = transaction.mark);
  }

  @Override
  public void succeed(LogHead closed, LogHead next) {
    transaction.writeLocked(tables -> {
      tables.closed.put(closed.ordinal(), closed);
      tables.head = next;
    });
  }

  @Override
  public List<LogHead> closedLogs() {
    return transaction.read(tables -> List.copyOf(tables.closed.values()));
  }
}
