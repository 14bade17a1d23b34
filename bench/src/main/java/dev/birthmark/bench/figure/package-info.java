/** The figures: each says what stands beside what, and how far it should reach. */
@NullMarked
package dev.birthmark.bench.figure;

import org.jspecify.annotations.NullMarked;
