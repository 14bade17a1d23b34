/** The status feed as a stream, for whoever follows it: JSON lines or server-sent events. */
@NullMarked
package dev.birthmark.identity.server.feed;

import org.jspecify.annotations.NullMarked;
