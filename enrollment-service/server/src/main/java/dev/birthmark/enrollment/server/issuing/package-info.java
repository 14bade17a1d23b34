/**
 * From single requests to groups: whoever enrolls waits here, and one thread hands everybody who is
 * waiting to the domain as one group, while the next ones gather.
 */
@NullMarked
package dev.birthmark.enrollment.server.issuing;

import org.jspecify.annotations.NullMarked;
