package dev.birthmark.edge.life;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream whose end means that whoever held its other side is gone. */
final class LifeLine {

  private LifeLine() {}

  /** Reads the stream to its end, whatever it carries, and then calls back. */
  static void await(InputStream line, Runnable end) {
    try (line) {
      line.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe ends the line as well as a closed one.
    }
    end.run();
  }
}
