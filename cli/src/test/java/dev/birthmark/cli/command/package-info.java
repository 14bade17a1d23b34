/** Tests of what the command line understands, prints and ends with. */
@NullMarked
package dev.birthmark.cli.command;

import org.jspecify.annotations.NullMarked;
