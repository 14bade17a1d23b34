/**
 * Withdrawing trust: a request becomes one numbered, signed, hash-chained change of the tenant's
 * feed, whatever the number of its members; changes stay in force and are matched against what
 * arrives later; the status planes follow; consumers acknowledge, so that it can be said who has
 * seen what. Holds the port to the store, {@link dev.birthmark.identity.revocation.Store}, and the
 * part of its transaction that the feed needs.
 */
@NullMarked
package dev.birthmark.identity.revocation;

import org.jspecify.annotations.NullMarked;
