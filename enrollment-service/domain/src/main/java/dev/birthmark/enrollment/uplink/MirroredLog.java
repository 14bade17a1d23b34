package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;

/**
 * One of the site's logs as the identity service has it.
 *
 * @param size entries taken over, 0..2^32
 * @param root the RFC 6962 root at that size
 * @param closed whether nothing more is taken
 * @param time of the answer, by the identity service's clock
 */
public record MirroredLog(long size, Sha256 root, boolean closed, Instant time) {}
