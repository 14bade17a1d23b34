/** The enrollment service's process. */
@NullMarked
package dev.birthmark.enrollment.server;

import org.jspecify.annotations.NullMarked;
