/**
 * Who calls: a bearer token (RFC 6750) verified by quarkus-oidc, with a configured public key or a
 * realm's, once, and remembered until it expires; or a client certificate where the service pins
 * some. Both end in one {@link dev.birthmark.edge.bearer.Caller}.
 */
@NullMarked
package dev.birthmark.edge.bearer;

import org.jspecify.annotations.NullMarked;
