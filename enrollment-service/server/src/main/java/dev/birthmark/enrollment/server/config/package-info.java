/** The site's settings, and how its parts are put together. */
@NullMarked
package dev.birthmark.enrollment.server.config;

import org.jspecify.annotations.NullMarked;
