/** The store's contract on real PostgreSQL, on every engine that this machine has. */
@NullMarked
package dev.birthmark.enrollment.server.store;

import org.jspecify.annotations.NullMarked;
