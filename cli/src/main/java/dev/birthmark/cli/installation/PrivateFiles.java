package dev.birthmark.cli.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes files whole or not at all, with their final permissions from the first octet on: secrets
 * 0600, directories 0700.
 */
public final class PrivateFiles {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes the directory and its missing parents, readable by the owner alone. */
  public static Path directory(Path directory) {
    try {
      return Files.isDirectory(directory)
          ? directory
          : Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }

  /** Writes a file that only its owner may read (0600), replacing what was there. */
  public static void secret(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
  }

  /** Writes a file that only its owner may read (0600), replacing what was there. */
  public static void secret(Path file, byte[] content) {
    write(file, content, OWNER_ONLY);
  }

  /** Writes a file that anybody may read whom the directories let through. */
  public static void open(Path file, String content) {
    write(
        file,
        content.getBytes(StandardCharsets.UTF_8),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
  }

  /** The PEM text (RFC 7468) of one DER structure. */
  public static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Deletes the directory and all it holds; what is already gone is no error. */
  public static void deleteTree(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }

  private static void write(Path file, byte[] content, FileAttribute<?> permissions) {
    Path parent = directory(file.toAbsolutePath().getParent());
    try {
      Path temporary = Files.createTempFile(parent, "." + file.getFileName(), ".new", permissions);
      try {
        Files.write(temporary, content);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
