/**
 * How figures are measured: two sides in turns, the processor time that the operating system has
 * accounted to the processes that did the work, and the median and spread of the pairs' ratios.
 */
@NullMarked
package dev.birthmark.bench.measure;

import org.jspecify.annotations.NullMarked;
