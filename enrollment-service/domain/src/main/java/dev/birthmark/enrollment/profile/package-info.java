/**
 * The built-in profiles: what a certificate says is decided here and nowhere else. Nothing of a
 * request stands in a certificate unless its profile names it.
 */
@NullMarked
package dev.birthmark.enrollment.profile;

import org.jspecify.annotations.NullMarked;
