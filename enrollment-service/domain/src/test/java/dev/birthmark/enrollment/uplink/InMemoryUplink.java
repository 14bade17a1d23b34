package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.log.LogId;
import java.util.Optional;

/** How far the streams of an {@link InMemorySiteStore} are. */
record InMemoryUplink(InMemoryTransaction transaction) implements UplinkRecords {

  @Override
  public Registered registered(LogId log) {
    return transaction.read(
        tables -> tables.registered.getOrDefault(log, new Registered(log, 0, "")));
  }

  @Override
  public void register(Registered registered) {
    transaction.write(tables -> tables.registered.put(registered.log(), registered));
  }

  @Override
  public Optional<StoredChange> lastChange() {
    return transaction.read(tables ->
        tables.changes.isEmpty()
            ? Optional.empty()
            : Optional.of(tables.changes.get(tables.changes.lastKey())));
  }

  @Override
  public void keep(StoredChange change) {
    transaction.writeLocked(tables -> {
      if (tables.changes.putIfAbsent(change.position(), change) != null) {
        throw new IllegalStateException("the change is there already");
      }
      tables.feed = change.position();
    });
  }
}
