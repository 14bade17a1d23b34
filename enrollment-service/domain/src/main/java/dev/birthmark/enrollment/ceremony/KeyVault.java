package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.custody.SoftwareKey;
import java.util.List;

/** Where a ceremony puts the keys it made. */
public interface KeyVault {

  /**
   * Keeps a key. Durable on return; never replaces one.
   *
   * @param certificates DER, the key's own first, then those above; none for the log's key
   * @throws dev.birthmark.credential.custody.KeyCustodyException if it is not kept; the ceremony is
   *     void then
   */
  void keep(KeyRole role, SoftwareKey key, List<byte[]> certificates);
}
