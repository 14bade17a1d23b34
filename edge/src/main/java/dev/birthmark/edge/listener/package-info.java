/**
 * The main listener of a service: HTTPS only, TLS 1.3 only, from PEM files, with a client
 * certificate where the peer offers one. Bounds on headers and idle time are defaults of this
 * module's {@code microprofile-config.properties}.
 */
@NullMarked
package dev.birthmark.edge.listener;

import org.jspecify.annotations.NullMarked;
