/** Tests of the drivers. */
@NullMarked
package dev.birthmark.bench.load;

import org.jspecify.annotations.NullMarked;
