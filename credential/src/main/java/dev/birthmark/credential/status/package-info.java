/**
 * The standing of credentials: sets of them as compressed bitmaps, the bit planes that a decision
 * reads without a lock, and the words for what the bits mean.
 */
@NullMarked
package dev.birthmark.credential.status;

import org.jspecify.annotations.NullMarked;
