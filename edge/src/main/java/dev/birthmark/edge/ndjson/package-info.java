/**
 * Streams of newline-delimited JSON in both directions of one request: a line in, a line out, in
 * the same order. Any number of lines, a bounded length of each, a bounded number in flight; a bad
 * line answers for itself; a client that stops sending or reading is cut.
 */
@NullMarked
package dev.birthmark.edge.ndjson;

import org.jspecify.annotations.NullMarked;
