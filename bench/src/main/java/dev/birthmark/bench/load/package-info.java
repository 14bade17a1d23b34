/**
 * What works and drives: devices with keys of their own, the raw cryptography that services are
 * compared with, kept-alive HTTPS connections and full mutual TLS handshakes. All of it shares the
 * machine with what is measured.
 */
@NullMarked
package dev.birthmark.bench.load;

import org.jspecify.annotations.NullMarked;
