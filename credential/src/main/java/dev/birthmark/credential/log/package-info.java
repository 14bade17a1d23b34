/**
 * The issuance log: entries, Merkle hashing, proofs, tiles and signed notes as C2SP tlog-tiles and
 * RFC 6962 define them. Everything is stateless; where nodes and tiles are kept is the caller's
 * concern.
 */
@NullMarked
package dev.birthmark.credential.log;

import org.jspecify.annotations.NullMarked;
