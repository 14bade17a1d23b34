package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.feed.FeedHead;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.pkix.SignatureVerifier;
import dev.birthmark.credential.trust.IdentityBundle;
import java.util.Optional;

/** Verifies what the identity service signed, by the keys in its bundle. */
final class IdentityKeys {
  private final IdentityBundle bundle;
  private final SignatureVerifier verifier;

  IdentityKeys(IdentityBundle bundle, SignatureVerifier verifier) {
    this.bundle = bundle;
    this.verifier = verifier;
  }

  /**
   * The checkpoint in a note that both the log's key and a cosigner signed; empty for any other.
   */
  Optional<Checkpoint> cosigned(String text, NoteKey log) {
    try {
      SignedNote note = SignedNote.parse(text);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      boolean good =
          checkpoint.origin().equals(log.name())
              && log.signed(note, verifier)
              && bundle.cosigners().stream()
                  .anyMatch(key -> key.cosigned(note, verifier).isPresent());
      return good ? Optional.of(checkpoint) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** The feed head in a note that a head key signed under its own name; empty for any other. */
  Optional<FeedHead> head(String text) {
    try {
      SignedNote note = SignedNote.parse(text);
      FeedHead head = FeedHead.parse(note.text());
      boolean good =
          bundle.heads().stream()
              .anyMatch(key -> key.name().equals(head.name()) && key.signed(note, verifier));
      return good ? Optional.of(head) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
