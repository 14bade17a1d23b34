package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.encoding.DecimalText;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That an entry is in a log, with all that is needed to check it away from the log (C2SP
 * tlog-proof, {@code c2sp.org/tlog-proof@v1}).
 *
 * @param inclusion the path from the leaf to the checkpoint's root
 * @param checkpoint as the log signed it, cosigned or not
 * @param extra context that nobody signed; we write none
 */
public record TlogProof(InclusionProof inclusion, SignedNote checkpoint, Optional<Octets> extra) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_HEAD_LENGTH = 16_384;

  /** Refuses a proof for another size than the checkpoint's. */
  public TlogProof {
    try {
      if (Checkpoint.parse(checkpoint.text()).size() != inclusion.size()) {
        throw new IllegalArgumentException("proof and checkpoint are of different sizes");
      }
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** A proof without extra data. */
  public static TlogProof of(InclusionProof inclusion, SignedNote checkpoint) {
    return new TlogProof(inclusion, checkpoint, Optional.empty());
  }

  /** Reads what {@link #text()} writes. */
  public static TlogProof parse(String text) throws MalformedException {
    int end = text.indexOf("\n\n");
    if (end < 0 || end > MAX_HEAD_LENGTH) {
      throw new MalformedException("proof", "no empty line before the checkpoint");
    }
    SignedNote note = SignedNote.parse(text.substring(end + 2));
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    String[] lines = text.substring(0, end).split("\n", -1);
    if (!lines[0].equals(HEADER)) {
      throw new MalformedException("proof", "not " + HEADER);
    }
    int at = 1;
    Optional<Octets> extra = Optional.empty();
    if (at < lines.length && lines[at].startsWith(EXTRA)) {
      extra =
          Optional.of(
              new Octets(Base64Text.decode("extra", lines[at++].substring(EXTRA.length()))));
    }
    if (at == lines.length || !lines[at].startsWith(INDEX)) {
      throw new MalformedException("proof", "no index");
    }
    long index = DecimalText.parse("index", lines[at++].substring(INDEX.length()), Place.MAX_INDEX);
    List<Sha256> path = new ArrayList<>();
    for (; at < lines.length; at++) {
      byte[] hash = Base64Text.decode("proof", lines[at]);
      if (hash.length != Sha256.LENGTH || path.size() == InclusionProof.MAX_PATH) {
        throw new MalformedException("proof", "not at most 32 hashes of 32 octets");
      }
      path.add(new Sha256(hash));
    }
    try {
      return new TlogProof(new InclusionProof(index, checkpoint.size(), path), note, extra);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("proof", String.valueOf(e.getMessage()));
    }
  }

  /** The proof as it is stored and sent. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(
        octets -> text.append(EXTRA).append(Base64Text.encode(octets.bytes())).append('\n'));
    text.append(INDEX).append(inclusion.index()).append('\n');
    inclusion.path().forEach(hash -> text.append(Base64Text.encode(hash.bytes())).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Whether the log with this key (whose name is its origin) has the entry at that index, by a
   * checkpoint that it signed.
   */
  public boolean verify(byte[] entry, NoteKey log, SignatureVerifier verifier) {
    try {
      Checkpoint head = Checkpoint.parse(checkpoint.text());
      return head.origin().equals(log.name())
          && inclusion.verify(MerkleTree.leafHash(entry), head.root())
          && log.signed(checkpoint, verifier);
    } catch (MalformedException e) {
      throw new IllegalStateException("it was read when this was made", e);
    }
  }
}
