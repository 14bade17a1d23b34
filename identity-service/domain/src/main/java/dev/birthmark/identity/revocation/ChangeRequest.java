package dev.birthmark.identity.revocation;

import dev.birthmark.credential.feed.ChangeKind;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.feed.Selector;
import dev.birthmark.credential.pkix.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * What somebody of the security team asks for.
 *
 * @param tenant of the asker's token
 * @param idempotencyKey 1 to 255 printable characters of ASCII, unique in the tenant: the same
 *     request sent again has the same key
 * @param kind revoke, suspend or restore
 * @param reason why
 * @param selector whom
 */
public record ChangeRequest(
    String tenant, String idempotencyKey, ChangeKind kind, Reason reason, Selector selector) {

  /** Longest idempotency key in characters. */
  public static final int MAX_KEY = 255;

  public ChangeRequest {
    if (!idempotencyKey.matches("[!-~]{1," + MAX_KEY + "}")) {
      throw new IllegalArgumentException(
          "Idempotency-Key is not 1 to " + MAX_KEY + " printable characters of ASCII");
    }
  }

  /** The reason of a request that names none. */
  public static Reason usualReason(ChangeKind kind) {
    return switch (kind) {
      case REVOKE, UNDO, PARTY_DISABLE, PARTY_ENABLE -> Reason.UNSPECIFIED;
      case SUSPEND -> Reason.CERTIFICATE_HOLD;
      case RESTORE -> Reason.REMOVE_FROM_CRL;
    };
  }

  /** SHA-256 over key and body; no part can have a line feed in it. */
  public Sha256 hash() {
    String text = String.join("\n", idempotencyKey, kind.text(), reason.text(), selector.text());
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
