/** Tests of the whole service through its listeners, with real keys and PostgreSQL. */
@NullMarked
package dev.birthmark.enrollment.server;

import org.jspecify.annotations.NullMarked;
