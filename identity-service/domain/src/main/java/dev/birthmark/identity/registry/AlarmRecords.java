package dev.birthmark.identity.registry;

import java.util.List;

/** Alarms. */
public interface AlarmRecords {

  /** Adds those that were not raised yet; says how many those were. */
  int raise(List<Alarm> alarms);

  /** A tenant's alarms, the latest first; at most {@code limit}, 1 to 1,000. */
  List<Alarm> latest(String tenant, int limit);
}
