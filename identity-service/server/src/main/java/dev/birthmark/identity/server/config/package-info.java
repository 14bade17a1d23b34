/**
 * What the parts of the service share of this process: the clock and the cryptographic providers.
 */
@NullMarked
package dev.birthmark.identity.server.config;

import org.jspecify.annotations.NullMarked;
