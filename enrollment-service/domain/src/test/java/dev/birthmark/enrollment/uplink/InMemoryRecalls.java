package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.enrollment.issuance.Recall;
import dev.birthmark.enrollment.issuance.RecallRecords;
import java.util.List;

/** The recalls of an {@link InMemorySiteStore}. */
record InMemoryRecalls(InMemoryTransaction transaction) implements RecallRecords {

  @Override
  public List<Recall> inForce() {
    return transaction.read(tables -> List.copyOf(tables.recalls.values()));
  }

  @Override
  public void add(Recall recall) {
    transaction.writeLocked(tables -> tables.recalls.put(recall.position(), recall));
  }

  @Override
  public void lift(Position position) {
    transaction.writeLocked(tables -> tables.recalls.remove(position));
  }
}
