/**
 * What is published over plain HTTP, by design, because it is signed in itself and its addresses
 * stand in certificates for ever: issuer certificates (RFC 5280 §4.2.2.1), and the addresses of
 * OCSP and CRLs. The raw request path is read here, not a router's: base64 in an OCSP GET has
 * slashes of its own.
 */
@NullMarked
package dev.birthmark.identity.server.publication;

import org.jspecify.annotations.NullMarked;
