/**
 * Keeps this replica's memory up to date: a thread that polls the database and is woken by its
 * notifications, the readiness that follows from it, and the sites that are known by their keys.
 */
@NullMarked
package dev.birthmark.identity.server.replica;

import org.jspecify.annotations.NullMarked;
