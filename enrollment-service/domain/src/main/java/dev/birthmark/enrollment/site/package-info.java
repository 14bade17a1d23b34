/**
 * What a factory site is and durably keeps: its standing towards the identity service, the head of
 * its issuance log behind the one lock that orders everything it issues, and the port through which
 * the other packages run transactions on the site's records.
 */
@NullMarked
package dev.birthmark.enrollment.site;

import org.jspecify.annotations.NullMarked;
