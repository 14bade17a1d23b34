/**
 * How a service talks to its PostgreSQL: a transaction whose failure is one of exactly two
 * outcomes, the classification of SQLSTATEs that they rest on, a connection that listens for
 * wake-ups, and the identity of the database.
 */
@NullMarked
package dev.birthmark.edge.postgres;

import org.jspecify.annotations.NullMarked;
