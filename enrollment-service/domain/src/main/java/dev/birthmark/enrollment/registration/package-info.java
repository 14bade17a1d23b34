/**
 * The registration authority's books: production orders, how many identities each allows and how
 * many were made of it, and what was refused and why.
 */
@NullMarked
package dev.birthmark.enrollment.registration;

import org.jspecify.annotations.NullMarked;
