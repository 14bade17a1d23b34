/**
 * The site's side of the two streams: pushes the issuance log to the identity service, follows the
 * tenant's status feed, and after a restore brings back what the site lost before it issues again.
 * The site always dials.
 */
@NullMarked
package dev.birthmark.enrollment.uplink;

import org.jspecify.annotations.NullMarked;
