/** Tests of the statistics and of the accounting. */
@NullMarked
package dev.birthmark.bench.measure;

import org.jspecify.annotations.NullMarked;
