/** A small service that uses every part of the edge, as the tests see it. */
@org.jspecify.annotations.NullMarked
package dev.birthmark.edge.app;
