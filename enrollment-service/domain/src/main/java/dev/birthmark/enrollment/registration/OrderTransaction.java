package dev.birthmark.enrollment.registration;

import dev.birthmark.enrollment.site.SiteRecords;

/** What a transaction offers to who keeps the orders. */
public interface OrderTransaction {
  /** The site's own row. */
  SiteRecords site();

  /** The orders. */
  OrderRecords orders();
}
