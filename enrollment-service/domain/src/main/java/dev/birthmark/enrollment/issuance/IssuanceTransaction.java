package dev.birthmark.enrollment.issuance;

import dev.birthmark.enrollment.registration.OrderTransaction;

/** What a transaction offers to who issues. */
public interface IssuanceTransaction extends OrderTransaction {
  /** Issued credentials and the tree above them. */
  LogRecords log();

  /** What may not be issued. */
  RecallRecords recalls();
}
