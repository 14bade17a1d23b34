package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries one after the other, each behind its length in two octets (C2SP tlog-tiles): what a tile
 * of entries and a push consist of. Reads from a stream, one entry at a time, within a bound.
 */
public final class EntryBundle {
  private final InputStream in;
  private long left;

  private EntryBundle(InputStream in, long most) {
    this.in = in;
    this.left = most;
  }

  /** Frames encoded entries, each of 1..65,535 octets. */
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length == 0 || entry.length > Entry.MAX_LENGTH) {
        throw new IllegalArgumentException("an entry of " + entry.length + " octets");
      }
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /** Reads a whole bundle of at most {@code most} entries. */
  public static List<byte[]> decode(byte[] bundle, int most) throws MalformedException {
    EntryBundle reader = new EntryBundle(new ByteArrayInputStream(bundle), bundle.length);
    List<byte[]> entries = new ArrayList<>();
    try {
      Optional<byte[]> entry = reader.next();
      while (entry.isPresent()) {
        if (entries.size() == most) {
          throw new MalformedException("bundle", "more than " + most + " entries");
        }
        entries.add(entry.get());
        entry = reader.next();
      }
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
    return entries;
  }

  /** Reads entries from a stream (buffered by the caller) of at most {@code most} octets. */
  public static EntryBundle reading(InputStream in, long most) {
    return new EntryBundle(in, most);
  }

  /** The octets of the next entry; empty at the end of the stream. */
  public Optional<byte[]> next() throws IOException, MalformedException {
    int high = in.read();
    if (high < 0) {
      return Optional.empty();
    }
    int low = in.read();
    if (low < 0) {
      throw new MalformedException("bundle", "ends within a length");
    }
    int length = (high << 8) | low;
    if (length == 0) {
      throw new MalformedException("bundle", "an empty entry");
    }
    left -= 2L + length;
    if (left < 0) {
      throw new MalformedException("bundle", "longer than is taken at once");
    }
    byte[] entry = in.readNBytes(length);
    if (entry.length < length) {
      throw new MalformedException("bundle", "ends within an entry");
    }
    return Optional.of(entry);
  }
}
