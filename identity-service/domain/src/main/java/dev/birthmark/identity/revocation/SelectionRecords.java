package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.LogHead;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.status.Members;
import java.util.SortedMap;

/** What selectors are resolved with, and what a signed head says of the logs. */
public interface SelectionRecords {

  /**
   * The registered credentials of the tenant that have this value: by index for id (in its
   * canonical spelling), certificate and key; from the membership bitmaps for the others. Places
   * below the logs' ingested sizes only; bad entries never. {@code CHANGE} selects nothing here.
   */
  Members members(String tenant, Term term);

  /** How far the tenant's logs are, by id. */
  SortedMap<LogId, LogHead> logs(String tenant);
}
