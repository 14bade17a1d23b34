/**
 * The commands, one class each: they read their arguments, call the services or the installation,
 * and say what came of it. Exit codes and failures are treated in one place, {@link
 * dev.birthmark.cli.command.Birthmark}.
 */
@NullMarked
package dev.birthmark.cli.command;

import org.jspecify.annotations.NullMarked;
