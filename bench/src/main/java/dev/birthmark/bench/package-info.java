/**
 * The benchmarks: figures that say what Birthmark costs beside what it could cost, measured against
 * the packaged services in an installation of their own.
 */
@NullMarked
package dev.birthmark.bench;

import org.jspecify.annotations.NullMarked;
