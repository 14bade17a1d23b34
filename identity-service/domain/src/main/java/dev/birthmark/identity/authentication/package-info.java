/**
 * May this device connect, and who is it: one pure function over what was presented, the trust
 * anchors and the status that a replica holds in memory. No decision waits for a database but that
 * by a bare fingerprint which is not in the cache.
 */
@NullMarked
package dev.birthmark.identity.authentication;

import org.jspecify.annotations.NullMarked;
