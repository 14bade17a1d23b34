package dev.birthmark.enrollment.issuance;

/** What became of one request of a group. Everything that is said here is durable. */
public sealed interface IssuanceOutcome {

  /** The device was enrolled. */
  record Issued(Enrollment enrollment) implements IssuanceOutcome {}

  /** The device had been enrolled with this key before, and this is its certificate. */
  record AlreadyIssued(Enrollment enrollment) implements IssuanceOutcome {}

  /**
   * Nothing was issued.
   *
   * @param reason why
   * @param detail for the caller
   */
  record Refused(RefusalReason reason, String detail) implements IssuanceOutcome {}
}
