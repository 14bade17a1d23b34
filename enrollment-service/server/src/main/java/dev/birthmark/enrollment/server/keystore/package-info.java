/**
 * The keys of the site: the files that the ceremony wrote, signing on all processors, and the TLS
 * with which the site dials.
 */
@NullMarked
package dev.birthmark.enrollment.server.keystore;

import org.jspecify.annotations.NullMarked;
