package dev.birthmark.identity.revocation;

/**
 * Which database this is: one that was put back or promoted shows another.
 *
 * @param system PostgreSQL's system identifier
 * @param timeline its timeline
 */
public record DatabaseIdentity(String system, long timeline) {}
