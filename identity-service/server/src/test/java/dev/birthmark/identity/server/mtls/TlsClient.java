package dev.birthmark.identity.server.mtls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A device as the JDK's TLS plays it: one session cache, so a second connection resumes the first's
 * session.
 */
final class TlsClient {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
  private static final int TIMEOUT_MILLIS = 10_000;

  private final SSLContext context;
  private final AtomicInteger fullHandshakes = new AtomicInteger();
  private final String protocol;

  private TlsClient(Chains.@Nullable Holder holder, String protocol) {
    this.protocol = protocol;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(holder == null ? null : keys(holder), new TrustManager[] {new Counting()}, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static TlsClient of(Chains.Holder holder) {
    return new TlsClient(holder, "TLSv1.3");
  }

  static TlsClient withoutCertificate() {
    return new TlsClient(null, "TLSv1.3");
  }

  static TlsClient ofTls12(Chains.Holder holder) {
    return new TlsClient(holder, "TLSv1.2");
  }

  private static javax.net.ssl.KeyManager[] keys(Chains.Holder holder)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "device", holder.key(), new char[0], holder.chain().toArray(new X509Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  /** How often the server's certificate was looked at; a resumed session does not. */
  int fullHandshakes() {
    return fullHandshakes.get();
  }

  Connection open(int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setEnabledProtocols(new String[] {protocol});
    return new Connection(socket);
  }

  /** One request on a connection of its own. */
  Answer get(int port, String path) throws IOException {
    try (Connection connection = open(port)) {
      return connection.get(path);
    }
  }

  /**
   * The alert that a handshake is refused with; it may come after the client thinks it is done.
   * Where the server hung up before this client had sent all of its flight, TCP may throw the alert
   * away: then again.
   */
  String alertOf(int port) throws IOException {
    for (int attempt = 0; attempt < 50; attempt++) {
      try (Connection connection = open(port)) {
        connection.socket.startHandshake();
        return connection.socket.getInputStream().read() < 0 ? "closed" : "accepted";
      } catch (SocketException lost) {
        continue;
      } catch (SSLException e) {
        Matcher alert = ALERT.matcher(String.valueOf(e.getMessage()));
        if (alert.find()) {
          return alert.group(1);
        }
      }
    }
    return "none";
  }

  record Answer(int status, String head, String body) {}

  /** An open connection. */
  static final class Connection implements AutoCloseable {
    final SSLSocket socket;

    Connection(SSLSocket socket) {
      this.socket = socket;
    }

    Answer get(String path) throws IOException {
      return exchange("GET " + path + " HTTP/1.1\r\nHost: d\r\n\r\n");
    }

    Answer form(String path, String body) throws IOException {
      return exchange(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    Answer exchange(String request) throws IOException {
      send(request);
      return read();
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    Answer read() throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int octet = in.read();
        if (octet < 0) {
          throw new IOException("closed in the head: " + head);
        }
        head.append((char) octet);
      }
      Matcher length = Pattern.compile("(?i)content-length: *([0-9]+)").matcher(head);
      byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
      int status = Integer.parseInt(head.substring(9, 12));
      return new Answer(status, head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server has ended the connection; waits for it. */
    boolean isEnded() {
      try {
        return socket.getInputStream().read() < 0;
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

  private final class Counting extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      fullHandshakes.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
