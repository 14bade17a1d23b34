package dev.birthmark.credential.log;

import dev.birthmark.credential.pkix.Sha256;

/**
 * A hash to be stored: of the leaves {@code index * 256^level} to {@code (index + 1) * 256^level -
 * 1}.
 *
 * @param level 1..4; level 0, the leaves, is stored beside the entries
 * @param index within the level
 * @param hash of that subtree
 */
public record StoredNode(int level, long index, Sha256 hash) {}
