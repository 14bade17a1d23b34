/** Tests of the installation against the real PostgreSQL programs and real processes. */
@NullMarked
package dev.birthmark.cli.installation;

import org.jspecify.annotations.NullMarked;
