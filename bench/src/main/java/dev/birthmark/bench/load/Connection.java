package dev.birthmark.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TLS 1.3 connection with just enough HTTP/1.1: as little work as a driver can do that shares
 * the machine with the server. Not for use by several threads.
 */
public final class Connection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;

  /** What surely fits into the sockets' buffers, so that nobody need read while it is written. */
  private static final int WRITTEN_AT_ONCE = 32_768;

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  /** An answer with its status and body. */
  public record Answer(int status, byte[] body) {

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private Connection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    this.out = socket.getOutputStream();
  }

  /** Connects and shakes hands. */
  public static Connection open(SSLContext context, URI address) throws IOException {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(READ_MILLIS);
      plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, address.getHost(), address.getPort(), true);
      socket.startHandshake();
      return new Connection(socket);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** The octets of a POST request. */
  public static byte[] post(URI address, String path, String type, String token, byte[] body) {
    byte[] head =
        ("POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n"
                + "Accept: %s\r\nContent-Length: %d\r\n\r\n")
            .formatted(path, address.getAuthority(), token, type, type, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** The octets of a GET request, after which the connection is closed. */
  public static byte[] get(URI address, String path) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
        .formatted(path, address.getAuthority())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request and reads its answer, while it is sent if it is long. */
  public Answer exchange(byte[] request) throws IOException {
    if (request.length <= WRITTEN_AT_ONCE) {
      out.write(request);
      out.flush();
      return read();
    }
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    Thread writer =
        Thread.startVirtualThread(() -> {
          try {
            out.write(request);
            out.flush();
          } catch (IOException e) {
            failure.set(e);
          }
        });
    Answer answer = read();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return answer;
  }

  private Answer read() throws IOException {
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    byte[] body = chunked ? chunks() : octets(length);
    return new Answer(Integer.parseInt(status.substring(9, 12)), body);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = chunk(); length > 0; length = chunk()) {
      body.writeBytes(octets(length));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private byte[] octets(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("closed within an answer");
    }
    return octets;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("closed instead of an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
