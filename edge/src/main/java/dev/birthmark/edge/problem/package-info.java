/**
 * How a request that cannot be honoured is answered: problem details (RFC 9457) for REST resources,
 * for plain routes and for the lines of a stream, from one registry of kinds. The only place that
 * knows status codes. What the caller can mend is said in {@code detail}; what he cannot goes to
 * the log beside the request id that the answer carries.
 */
@NullMarked
package dev.birthmark.edge.problem;

import org.jspecify.annotations.NullMarked;
