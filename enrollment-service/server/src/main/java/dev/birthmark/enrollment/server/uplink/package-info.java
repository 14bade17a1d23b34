/**
 * The site's way to the identity service over mutual TLS, and the two threads that walk it: one
 * pushes the log and leads the site from standing to standing, one follows the status feed.
 */
@NullMarked
package dev.birthmark.enrollment.server.uplink;

import org.jspecify.annotations.NullMarked;
