package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.status.Members;

/** Resolves selectors by set algebra on the membership bitmaps; nothing is scanned. */
public final class Selection {
  private final SelectionRecords records;

  /** Over what one transaction sees. */
  public Selection(SelectionRecords records) {
    this.records = records;
  }

  /** The registered credentials that have every value of the selector; none if it is empty. */
  public Members resolve(String tenant, Selector selector) {
    Members selected = Members.none();
    boolean first = true;
    for (Term term : Term.of(selector)) {
      Members having = records.members(tenant, term);
      selected = first ? having : selected.intersect(having);
      first = false;
      if (selected.isEmpty()) {
        return selected;
      }
    }
    return selected;
  }
}
