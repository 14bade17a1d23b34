/**
 * The status feed: numbered, hash-chained changes of trust, the signed head over them, what a
 * change was asked for by, and the acknowledgement that proves a consumer has one.
 */
@NullMarked
package dev.birthmark.credential.feed;

import org.jspecify.annotations.NullMarked;
