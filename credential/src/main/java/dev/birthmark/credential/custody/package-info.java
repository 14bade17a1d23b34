/**
 * Who holds private keys: the port through which everything is signed, and its adapter for PKCS#12
 * files. A private key's octets never leave this package.
 */
@NullMarked
package dev.birthmark.credential.custody;

import org.jspecify.annotations.NullMarked;
