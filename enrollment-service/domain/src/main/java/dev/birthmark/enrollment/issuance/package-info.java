/**
 * Issuing: a group of gated requests becomes certificates, log entries and a new signed head of the
 * log in one transaction behind one lock, or does not happen at all. Also what is read back from
 * the log: an enrollment, its proof, tiles and entries.
 */
@NullMarked
package dev.birthmark.enrollment.issuance;

import org.jspecify.annotations.NullMarked;
