package dev.birthmark.identity.authentication;

import java.time.Instant;

/**
 * When a decision is made.
 *
 * @param time for validity
 * @param nanos of the monotonic clock, for the age of the status
 */
public record Moment(Instant time, long nanos) {}
