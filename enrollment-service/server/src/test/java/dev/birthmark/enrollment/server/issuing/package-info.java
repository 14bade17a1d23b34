/** Tests of what waits to be issued. */
@NullMarked
package dev.birthmark.enrollment.server.issuing;

import org.jspecify.annotations.NullMarked;
