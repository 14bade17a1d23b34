package dev.birthmark.enrollment.issuance;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.StoredNode;
import dev.birthmark.credential.pkix.Sha256;
import java.util.Collection;
import java.util.List;

/** The issued credentials, which are the entries of the site's logs, and the tree above them. */
public interface LogRecords {

  /**
   * The credentials of these devices, of all logs, in one query.
   *
   * @param canonical lower-case device ids, at most 10,000
   */
  List<IssuedCredential> ofDevices(Collection<String> canonical);

  /**
   * The credentials of these keys, of all logs, in one query.
   *
   * @param keys SHA-256 of the SubjectPublicKeyInfo, at most 10,000
   */
  List<IssuedCredential> ofKeys(Collection<Sha256> keys);

  /**
   * Adds credentials, all of one log, in the order of their indexes and without a gap. The site's
   * row must be locked.
   *
   * @throws RuntimeException if a place, device or key is there already: the transaction fails
   */
  void add(List<IssuedCredential> credentials);

  /** Adds hashes of complete subtrees; each is added once and never changes. */
  void addNodes(LogId log, List<StoredNode> nodes);

  /**
   * Hashes of one level, as {@link dev.birthmark.credential.log.NodeReader} asks for them: level 0
   * are the leaf hashes of the entries.
   *
   * @return {@code 32 * count} octets, one hash after the other
   * @throws IllegalArgumentException if one of them is not there
   */
  byte[] hashes(LogId log, int level, long first, int count);

  /**
   * Entries of a log in their order, as many as there are, and as fit.
   *
   * @param from the first index
   * @param to the index after the last one wanted
   * @param maxOctets of the entries and 2 octets of framing for each; the first one is given in any
   *     case
   */
  List<Octets> entries(LogId log, long from, long to, int maxOctets);

  /**
   * Takes back the entries of a log from an index on, with the hashes above them, and answers what
   * they were: they were never registered, and their log was closed before them. The site's row
   * must be locked.
   */
  List<IssuedCredential> forget(LogId log, long from);
}
