/**
 * The one way of an enrollment: through the gate, then to a group. Whoever enrolls waits here, and
 * one thread hands everybody who is waiting to the domain as one group, while the next ones gather.
 */
@NullMarked
package dev.birthmark.enrollment.server.issuing;

import org.jspecify.annotations.NullMarked;
