/**
 * How the command line speaks to the two services: through the same HTTPS interfaces as everybody
 * else, with tokens that it signs itself on a first-run installation, and verifying TLS against the
 * installation's own root. Requests are bounded, so that no answer can block on a request that is
 * still being sent.
 */
@NullMarked
package dev.birthmark.cli.client;

import org.jspecify.annotations.NullMarked;
