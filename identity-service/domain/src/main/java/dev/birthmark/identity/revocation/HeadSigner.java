package dev.birthmark.identity.revocation;

import dev.birthmark.credential.custody.KeyCustody;
import dev.birthmark.credential.feed.FeedHead;
import dev.birthmark.credential.feed.LogHead;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.Sha256;
import java.util.SortedMap;

/** Signs the heads of the tenants' feeds with the cosigner's key, each under its own name. */
public final class HeadSigner {
  private final BaseUrl baseUrl;
  private final KeyCustody custody;

  /**
   * With the cosigner's key.
   *
   * @param baseUrl of this installation, with which the heads' names begin
   * @param custody keeps an Ed25519 key
   */
  public HeadSigner(BaseUrl baseUrl, KeyCustody custody) {
    this.baseUrl = baseUrl;
    this.custody = custody;
  }

  /** The key that signs a tenant's heads, with their name. */
  public NoteKey key(String tenant) {
    return new NoteKey(FeedHead.name(baseUrl.value(), tenant), custody.publicKey());
  }

  /** The signed note over a head, as text. Blocks as long as the key takes. */
  public String sign(
      String tenant, Position position, Sha256 hash, SortedMap<LogId, LogHead> logs) {
    NoteKey key = key(tenant);
    return key.sign(new FeedHead(key.name(), position, hash, logs).text(), custody).toString();
  }
}
