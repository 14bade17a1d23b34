package dev.birthmark.identity.revocation;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.util.List;

/** What selectors are resolved with, and what a signed head says of the logs. */
public interface SelectionRecords {

  /**
   * The registered credentials of the tenant that have this value: by index for id (in its
   * canonical spelling), certificate and key; from the membership bitmaps for the others. Places
   * below the logs' ingested sizes only; bad entries never. {@code CHANGE} selects nothing here.
   */
  Members members(String tenant, Term term);

  /** The tenant's logs, ordered by id. */
  List<LogHead> logs(String tenant);

  /**
   * How far a log is.
   *
   * @param log which log
   * @param size entries ingested
   * @param root its Merkle root at that size
   */
  record LogHead(LogId log, long size, Sha256 root) {}
}
