/** Entry point of the {@code birthmark} command and what it says to people and programs. */
@NullMarked
package dev.birthmark.cli;

import org.jspecify.annotations.NullMarked;
