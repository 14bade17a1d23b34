package dev.birthmark.enrollment.uplink;

import dev.birthmark.enrollment.issuance.IssuanceTransaction;

/** All that a transaction on a site's records offers: what a store implements. */
public interface SiteTransaction extends IssuanceTransaction {
  /** How far the two streams are. */
  UplinkRecords uplink();
}
