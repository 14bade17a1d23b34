package dev.birthmark.edge.ndjson;

import java.time.Duration;

/**
 * The bounds of a stream. None on the number of lines.
 *
 * @param line octets of the longest line accepted
 * @param batch most lines handed over in one call
 * @param inFlight most calls of one stream that run at the same time
 * @param idle how long the client may neither send nor read before it is cut
 */
public record NdjsonLimits(int line, int batch, int inFlight, Duration idle) {

  /** 64 kB a line, 250 lines a call, 4 calls at a time, 30 s. */
  public static final NdjsonLimits DEFAULT =
      new NdjsonLimits(64 * 1024, 250, 4, Duration.ofSeconds(30));

  public NdjsonLimits {
    if (line < 1 || batch < 1 || inFlight < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("every bound of a stream is positive");
    }
  }

  /** Lines that wait or are being answered, at most, before the client is held back. */
  int window() {
    return batch * inFlight * 2;
  }
}
