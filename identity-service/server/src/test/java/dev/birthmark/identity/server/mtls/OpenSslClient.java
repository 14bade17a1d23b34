package dev.birthmark.identity.server.mtls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code openssl s_client}, a TLS client that shares nothing with us, in the role of a small
 * device.
 */
final class OpenSslClient {
  private final Path directory;
  private final Path certificate;
  private final int port;

  OpenSslClient(Path directory, Chains.Holder holder, int port) {
    this.directory = directory;
    this.port = port;
    certificate = holder.write(directory, "device");
  }

  static boolean isPresent() {
    return Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  /** Sends one request with fragments of 512 octets and no server name; returns all it printed. */
  String run(String request, String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-cert",
                certificate.toString(),
                "-cert_chain",
                certificate.toString(),
                "-key",
                directory.resolve("device-key.pem").toString(),
                "-noservername",
                "-max_send_frag",
                "512",
                "-split_send_frag",
                "512",
                "-ign_eof"));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(request.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException refused) {
      // It has ended because the handshake was refused; what it printed says so.
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return printed;
  }
}
