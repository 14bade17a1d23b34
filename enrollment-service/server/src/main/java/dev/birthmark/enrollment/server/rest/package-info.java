/** The REST interface of a factory: orders, enrollments one by one and in batches, the site. */
@NullMarked
package dev.birthmark.enrollment.server.rest;

import org.jspecify.annotations.NullMarked;
