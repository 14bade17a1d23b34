/**
 * The authorization server of the devices: RFC 8705 client credentials over mutual TLS, answered
 * with a certificate-bound {@code at+jwt} (RFC 9068), and what relying parties need to check it,
 * the key set (RFC 7517) and the metadata (RFC 8414). The tokens have an issuer, a key and an
 * audience of their own and open no operator endpoint.
 */
@NullMarked
package dev.birthmark.identity.server.oauth;

import org.jspecify.annotations.NullMarked;
