package dev.birthmark.identity.revocation;

/** What withdrawing trust needs of a transaction, by feature. Valid inside its script only. */
public interface RevocationTransaction {

  /** The tenants' feeds. */
  FeedRecords feed();

  /** Which changes are in force, and what they still hold. */
  ForceRecords force();

  /** The status planes. */
  StatusRecords status();

  /** What selectors are resolved with. */
  SelectionRecords selection();

  /** Those who follow the feed. */
  ConsumerRecords consumers();

  /** The database itself: its time, and whether it is still the same one. */
  InstallationRecords installation();
}
