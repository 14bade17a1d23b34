/**
 * Reading what strangers sent: octets and text are bounded before anything is done with them, only
 * the one canonical spelling is taken, and whatever is wrong becomes one checked exception that
 * names the part. The formats of the log, the feed and the bundles are all read through here.
 */
@NullMarked
package dev.birthmark.credential.encoding;

import org.jspecify.annotations.NullMarked;
