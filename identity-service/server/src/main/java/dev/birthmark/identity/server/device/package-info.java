/**
 * What the device port and the protocols behind it say to each other: the device on whose
 * connection a request came, and the routes that a protocol adds to the port's own router.
 */
@NullMarked
package dev.birthmark.identity.server.device;

import org.jspecify.annotations.NullMarked;
