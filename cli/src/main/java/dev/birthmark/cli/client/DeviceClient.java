package dev.birthmark.cli.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A device on the mutual TLS port: TLS 1.3 and just enough HTTP/1.1. It is written on plain sockets
 * because what matters here is what other HTTP clients hide: which handshakes were resumed, and the
 * moment at which a connection is closed.
 */
public final class DeviceClient {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 10_000;
  private static final int MOST_BODY = 1 << 20;

  private final Path tlsRoot;
  private final URI address;
  private final DeviceKeyManager keys;
  private final SSLContext remembering;

  /**
   * A device with its key and certificate.
   *
   * @param tlsRoot whom it believes
   * @param address of the device port
   * @param chain its certificate first
   */
  public DeviceClient(Path tlsRoot, URI address, PrivateKey key, List<X509Certificate> chain) {
    this.tlsRoot = tlsRoot;
    this.address = address;
    this.keys = new DeviceKeyManager(key, chain);
    this.remembering = Tls.context(tlsRoot, keys);
  }

  /** What came of an attempt to connect and ask. */
  public sealed interface Outcome {
    /** Whether the TLS session was resumed: then no certificate was sent. */
    boolean resumed();
  }

  /** The service answered the request. */
  public record Answered(boolean resumed, int status, String body) implements Outcome {}

  /** The service let the device not in: an alert, or the connection closed without an answer. */
  public record Refused(boolean resumed, String how) implements Outcome {}

  /** Asks on a new connection with a full handshake: nothing is remembered from earlier ones. */
  public Outcome getFull(String path) throws IOException {
    return ask(Tls.context(tlsRoot, keys), "GET", path, "");
  }

  /** Asks on a new connection, resuming the TLS session of an earlier call where there is one. */
  public Outcome getResumed(String path) throws IOException {
    return ask(remembering, "GET", path, "");
  }

  /** Sends a form on a new connection with a full handshake. */
  public Outcome postFull(String path, String form) throws IOException {
    return ask(Tls.context(tlsRoot, keys), "POST", path, form);
  }

  /** Opens a connection, asks once, and leaves it open. */
  public OpenConnection open(String path) throws IOException {
    SSLSocket socket = connect(Tls.context(tlsRoot, keys));
    try {
      socket.getOutputStream().write(request("GET", path, "", "keep-alive"));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Answered answered = read(in, false);
      return new OpenConnection(socket, in, answered);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Outcome ask(SSLContext context, String method, String path, String form)
      throws IOException {
    long before = keys.asked();
    boolean finished = false;
    try (SSLSocket socket = connect(context)) {
      socket.startHandshake();
      finished = true;
      boolean resumed = keys.asked() == before;
      socket.getOutputStream().write(request(method, path, form, "close"));
      return read(new BufferedInputStream(socket.getInputStream()), resumed);
    } catch (SSLException | java.net.SocketException | java.io.EOFException e) {
      if (e instanceof java.net.ConnectException) {
        throw e; // nobody is there: that is no refusal
      }
      return new Refused(finished && keys.asked() == before, how(e));
    }
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
    plain.setSoTimeout(READ_MILLIS);
    plain.setTcpNoDelay(true);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, address.getHost(), address.getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private byte[] request(String method, String path, String form, String connection) {
    String body =
        method.equals("POST")
            ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + form.length()
                + "\r\n"
            : "";
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + address.getAuthority()
            + "\r\nConnection: "
            + connection
            + "\r\n"
            + body
            + "\r\n"
            + form)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Answered read(InputStream in, boolean resumed) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new java.io.EOFException("closed without an answer");
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Math.min(MOST_BODY, Integer.parseInt(lower.substring(15).strip()));
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answered(resumed, Integer.parseInt(status.substring(9, 12)), body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static String how(IOException e) {
    String message = String.valueOf(e.getMessage());
    int alert = message.lastIndexOf("alert: ");
    return alert < 0 ? "closed" : message.substring(alert + 7);
  }

  /** A connection on which a request was answered and that has been left open since. */
  public static final class OpenConnection implements AutoCloseable {

    private final SSLSocket socket;
    private final InputStream in;
    private final Answered answered;

    OpenConnection(SSLSocket socket, InputStream in, Answered answered) {
      this.socket = socket;
      this.in = in;
      this.answered = answered;
    }

    /** What was answered on it. */
    public Answered answered() {
      return answered;
    }

    /**
     * Waits until the service closes it.
     *
     * @return whether it did, within ten seconds
     */
    public boolean awaitClosed() {
      try {
        return in.read() < 0;
      } catch (java.net.SocketTimeoutException e) {
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
