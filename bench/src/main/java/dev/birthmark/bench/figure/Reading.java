package dev.birthmark.bench.figure;

import dev.birthmark.bench.measure.Spread;

/**
 * What a figure came to.
 *
 * @param value median and spread
 * @param beside what it stands beside and how it was measured, in a sentence
 * @param note absolute numbers of this run, for people
 */
public record Reading(Spread value, String beside, String note) {}
