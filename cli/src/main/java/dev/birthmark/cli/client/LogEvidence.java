package dev.birthmark.cli.client;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.Checkpoint;
import dev.birthmark.credential.log.ConsistencyProof;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.Entry;
import dev.birthmark.credential.log.EntryBundle;
import dev.birthmark.credential.log.InclusionProof;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.MerkleTree;
import dev.birthmark.credential.log.NoteKey;
import dev.birthmark.credential.log.SignedNote;
import dev.birthmark.credential.log.StoredTree;
import dev.birthmark.credential.log.TilePath;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SignatureVerifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Verifies an issuance log from outside: fetches checkpoints and tiles and believes nothing but the
 * keys that it was given. Every method throws {@link NotProvenException} where the evidence does
 * not hold.
 */
public final class LogEvidence {

  private final ServiceClient enrollment;
  private final ServiceClient identity;
  private final NoteKey key;
  private final List<CosignerKey> cosigners;
  private final SignatureVerifier verifier;

  /**
   * Evidence about one log.
   *
   * @param key the log's, from the site bundle; its name is the origin
   * @param cosigners the identity service's, from the identity bundle
   */
  public LogEvidence(
      ServiceClient enrollment,
      ServiceClient identity,
      NoteKey key,
      List<CosignerKey> cosigners,
      SignatureVerifier verifier) {
    this.enrollment = enrollment;
    this.identity = identity;
    this.key = key;
    this.cosigners = List.copyOf(cosigners);
    this.verifier = verifier;
  }

  /**
   * A checkpoint that the log signed, and the identity service too if {@code cosignedAt} is there.
   *
   * @param note as it was fetched
   * @param cosignedAt when the identity service saw that the log had only grown
   */
  public record Signed(Checkpoint checkpoint, SignedNote note, Optional<Instant> cosignedAt) {}

  /** The log. */
  public LogId log() {
    return LogId.of(key.name());
  }

  /** The site's newest checkpoint. */
  public Signed siteCheckpoint() {
    return verified(enrollment.octets(path("checkpoint")));
  }

  /** The newest checkpoint of the identity service's copy, with its cosignature. */
  public Signed cosignedCheckpoint() {
    Signed signed = verified(identity.octets(path("checkpoint")));
    if (signed.cosignedAt().isEmpty()) {
      throw new NotProvenException(
          "the identity service's checkpoint bears no valid cosignature of its key");
    }
    return signed;
  }

  /** Checks the signatures of a checkpoint that was kept. */
  public Signed verified(byte[] note) {
    try {
      SignedNote signed = SignedNote.parse(note);
      Checkpoint checkpoint = Checkpoint.parse(signed.text());
      if (!checkpoint.origin().equals(key.name())) {
        throw new NotProvenException("a checkpoint of another log: " + checkpoint.origin());
      }
      if (!key.signed(signed, verifier)) {
        throw new NotProvenException("the checkpoint is not signed by the log's key");
      }
      return new Signed(
          checkpoint,
          signed,
          cosigners.stream().flatMap(c -> c.cosigned(signed, verifier).stream()).findFirst());
    } catch (MalformedException e) {
      throw new NotProvenException("not a checkpoint: " + e.getMessage(), e);
    }
  }

  /** Proves that the tree of the earlier checkpoint is a prefix of the later one's. */
  public ConsistencyProof consistent(Signed earlier, Signed later) {
    long first = earlier.checkpoint().size();
    if (first > later.checkpoint().size()) {
      throw new NotProvenException(
          "the log has shrunk from %d to %d entries".formatted(first, later.checkpoint().size()));
    }
    ConsistencyProof proof = tree(later).consistency(first);
    if (!proof.verify(earlier.checkpoint().root(), later.checkpoint().root())) {
      throw new NotProvenException(
          "the log was rewritten: its first %d entries are not those of the earlier checkpoint"
              .formatted(first));
    }
    return proof;
  }

  /**
   * Proves that a certificate is the log's entry at an index.
   *
   * @param fingerprint SHA-256 of the certificate
   */
  public InclusionProof included(long index, Sha256 fingerprint, Signed signed) {
    if (index >= signed.checkpoint().size()) {
      throw new NotProvenException(
          "entry %d is not yet in the checkpoint of %d entries"
              .formatted(index, signed.checkpoint().size()));
    }
    byte[] entry = entry(index, signed.checkpoint().size());
    try {
      if (!Sha256.of(Entry.parse(entry).certificate().bytes()).equals(fingerprint)) {
        throw new NotProvenException("entry " + index + " holds another certificate");
      }
    } catch (MalformedException | UnknownVersionException e) {
      throw new NotProvenException("entry " + index + " cannot be read: " + e.getMessage(), e);
    }
    InclusionProof proof = tree(signed).inclusion(index);
    if (!proof.verify(MerkleTree.leafHash(entry), signed.checkpoint().root())) {
      throw new NotProvenException("entry " + index + " does not lead to the checkpoint's root");
    }
    return proof;
  }

  private byte[] entry(long index, long size) {
    long tile = index / TilePath.FULL;
    int width = (int) Math.min(TilePath.FULL, size - tile * TilePath.FULL);
    byte[] bundle = enrollment.octets(path(new TilePath.Entries(tile, width).text()), Role.FACTORY);
    try {
      List<byte[]> entries = EntryBundle.decode(bundle, TilePath.FULL);
      int within = (int) (index % TilePath.FULL);
      if (within >= entries.size()) {
        throw new NotProvenException("the log's tile of entries lacks entry " + index);
      }
      return entries.get(within);
    } catch (MalformedException e) {
      throw new NotProvenException(
          "the log's tile of entries cannot be read: " + e.getMessage(), e);
    }
  }

  private StoredTree tree(Signed signed) {
    long size = signed.checkpoint().size();
    return new StoredTree((level, first, count) -> hashes(size, level, first, count), size);
  }

  /** Fetches the tile that holds the range, in the width that it has at this size. */
  private byte[] hashes(long size, int level, long first, int count) {
    long tile = first / TilePath.FULL;
    long there = (size >>> (8 * level)) - tile * TilePath.FULL;
    int width = (int) Math.min(there, TilePath.FULL);
    byte[] octets = enrollment.octets(path(new TilePath.Hashes(level, tile, width).text()));
    int from = (int) (first % TilePath.FULL) * Sha256.LENGTH;
    int to = from + count * Sha256.LENGTH;
    if (octets.length < to) {
      throw new NotProvenException("a tile of the log is too short");
    }
    return Arrays.copyOfRange(octets, from, to);
  }

  private String path(String what) {
    return "/v1/logs/" + log().hex() + "/" + what;
  }
}
