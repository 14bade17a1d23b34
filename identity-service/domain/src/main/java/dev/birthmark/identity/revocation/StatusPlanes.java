package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.status.Members;
import dev.birthmark.credential.status.Plane;
import dev.birthmark.credential.status.PlanePage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Sets, clears and reads the bits of sets of credentials in the stored planes. */
public final class StatusPlanes {
  private final StatusRecords records;

  /** Over the planes of one transaction. */
  public StatusPlanes(StatusRecords records) {
    this.records = records;
  }

  /**
   * What a change of this kind and reason does to the planes. A replica does the same in memory.
   */
  public void apply(ChangeKind kind, Reason reason, Members members) {
    switch (kind) {
      case REVOKE -> {
        set(PlaneCode.REVOKED, members);
        set(PlaneCode.why(kind, reason), members);
      }
      case SUSPEND -> {
        set(PlaneCode.HELD, members);
        set(PlaneCode.why(kind, reason), members);
      }
      case RESTORE -> {
        for (LogId log : members.logs()) {
          for (PlaneCode plane : records.planes(log)) {
            if (plane.equals(PlaneCode.HELD) || plane.heldFor().isPresent()) {
              clear(plane, members.in(log));
            }
          }
        }
      }
      case UNDO, PARTY_DISABLE, PARTY_ENABLE ->
          throw new IllegalArgumentException(kind.text() + " is not done yet");
    }
  }

  /** Sets the bits of all members. */
  public void set(PlaneCode code, Members members) {
    change(code, members, (plane, log) -> plane.with(members, log));
  }

  /** Those of the members whose bit is set. */
  public Members among(PlaneCode code, Members members) {
    List<Members> set = new ArrayList<>();
    for (LogId log : members.logs()) {
      set.add(Plane.of(pages(code, members, log)).members(log));
    }
    return Members.unionOf(set).intersect(members);
  }

  private void clear(PlaneCode code, Members members) {
    change(code, members, (plane, log) -> plane.without(members, log));
  }

  private void change(PlaneCode code, Members members, BiFunction<Plane, LogId, Plane> operation) {
    for (LogId log : members.logs()) {
      Plane after = operation.apply(Plane.of(pages(code, members, log)), log);
      SortedMap<Integer, PlanePage> changed = new TreeMap<>();
      for (int page : Plane.pagesOf(members, log)) {
        changed.put(page, after.page(page));
      }
      records.put(log, code, changed);
    }
  }

  private SortedMap<Integer, PlanePage> pages(PlaneCode code, Members members, LogId log) {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (int page : Plane.pagesOf(members, log)) {
      numbers.add(page);
    }
    return records.pages(log, code, numbers);
  }
}
