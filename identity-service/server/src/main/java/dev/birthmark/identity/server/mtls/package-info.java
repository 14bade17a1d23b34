/**
 * The device port: mutual TLS 1.3 on a listener and a router of its own, never the API's. A trust
 * manager asks the domain's decider during the handshake and says why not with the exact TLS alert;
 * every request asks again, because a resumed session skips the trust manager; and connections
 * whose credential loses its standing are closed, also when the client does not read.
 */
@NullMarked
package dev.birthmark.identity.server.mtls;

import org.jspecify.annotations.NullMarked;
