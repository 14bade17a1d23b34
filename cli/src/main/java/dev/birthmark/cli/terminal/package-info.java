/**
 * What the command line says: aligned text for people, with colour only where a terminal shows it,
 * and one JSON object for programs.
 */
@NullMarked
package dev.birthmark.cli.terminal;

import org.jspecify.annotations.NullMarked;
