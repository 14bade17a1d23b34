/**
 * Everything X.509: keys in one spelling, certificate serials, the template that device
 * certificates are made from, and strict bounded readers for certificates and certification
 * requests that come from strangers. Nothing here keeps a private key, reads a clock or draws a
 * random number.
 */
@NullMarked
package dev.birthmark.credential.pkix;

import org.jspecify.annotations.NullMarked;
