/**
 * A whole Birthmark on one machine: the directory that holds its state, its keys and passwords, a
 * real PostgreSQL from the binaries jar, and both services as processes of their own. Two ways to
 * run it: <em>attached</em>, where everything ends when the launcher does, however it ends, and
 * <em>detached</em>, where it goes on until {@code birthmark down}.
 */
@NullMarked
package dev.birthmark.cli.installation;

import org.jspecify.annotations.NullMarked;
