package dev.birthmark.cli.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held by whoever changes what runs in a home. The operating system frees it when its holder ends,
 * so it never has to be cleaned up.
 */
public final class InstallationLock implements AutoCloseable {

  private final FileChannel channel;

  private InstallationLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @throws InstallationException if another command holds it
   */
  public static InstallationLock take(Home home) {
    PrivateFiles.directory(home.run());
    try {
      FileChannel channel =
          FileChannel.open(
              home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new InstallationException(
            "another birthmark command is at work in " + home + "; wait until it has ended");
      }
      return new InstallationLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + home, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another thread of this very process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
