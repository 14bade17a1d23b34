package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.feed.Position;
import java.util.List;

/** The changes of trust in force, with a selector that something not yet issued could match. */
public interface RecallRecords {

  /** All of them, by position. */
  List<Recall> inForce();

  /** Adds one; the site's row must be locked. */
  void add(Recall recall);

  /** Takes one out of force; nothing happens if there is none. The site's row must be locked. */
  void lift(Position position);
}
