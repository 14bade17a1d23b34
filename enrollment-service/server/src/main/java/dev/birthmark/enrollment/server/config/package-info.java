/** The site's settings and files, and how its parts are put together from them. */
@NullMarked
package dev.birthmark.enrollment.server.config;

import org.jspecify.annotations.NullMarked;
