/** Tests of the REST interface. */
@NullMarked
package dev.birthmark.enrollment.server.rest;

import org.jspecify.annotations.NullMarked;
