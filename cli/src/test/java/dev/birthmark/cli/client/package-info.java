/** Tests of what the command line believes, and what it does not. */
@NullMarked
package dev.birthmark.cli.client;

import org.jspecify.annotations.NullMarked;
