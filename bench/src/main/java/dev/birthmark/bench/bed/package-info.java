/**
 * What is measured: an installation of its own, with the packaged services as processes of their
 * own over a durable PostgreSQL, all of which is gone when the run ends.
 */
@NullMarked
package dev.birthmark.bench.bed;

import org.jspecify.annotations.NullMarked;
