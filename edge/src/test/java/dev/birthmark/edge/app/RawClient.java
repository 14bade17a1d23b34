package dev.birthmark.edge.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** HTTP/1.1 by hand over TLS: full duplex, and as rude as a test needs. */
public final class RawClient implements AutoCloseable {

  public record Answer(int status, Map<String, String> headers, String body) {}

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;

  private RawClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  public static RawClient connect(int port) {
    return connect(port, null, "TLSv1.3");
  }

  public static RawClient connect(int port, KeyPair key, String protocol) {
    try {
      var tls = SSLContext.getInstance("TLS");
      tls.init(keyManagers(key), new TrustManager[] {new Trusting()}, new SecureRandom());
      var socket = (SSLSocket) tls.getSocketFactory().createSocket();
      socket.setReceiveBufferSize(16 * 1024);
      socket.setSoTimeout(20_000);
      socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return new RawClient(socket);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keyManagers(KeyPair key) throws Exception {
    if (key == null) {
      return null;
    }
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var chain = new X509Certificate[] {Surroundings.selfSigned(key)};
    store.setKeyEntry("key", key.getPrivate(), new char[0], chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  public RawClient send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return this;
  }

  public RawClient sendChunk(String text) throws IOException {
    return send(
        Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
  }

  public RawClient endChunks() throws IOException {
    return send("0\r\n\r\n");
  }

  /** Sends a request with a body of known length and reads the answer. */
  public Answer exchange(String method, String path, String headers, String body)
      throws IOException {
    head(
        method,
        path,
        headers + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n");
    send(body);
    return answer();
  }

  public RawClient head(String method, String path, String headers) throws IOException {
    return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
  }

  public Answer answer() throws IOException {
    var status = Integer.parseInt(line().split(" ")[1]);
    var headers = new TreeMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, status == 100 ? "" : body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.write(in.readNBytes(size));
        line();
      }
      line();
      return body.toString(StandardCharsets.UTF_8);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  /** One line of the answer as it stands in the protocol. */
  public String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the connection ended");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /** The next chunk of the answer. */
  public String chunk() throws IOException {
    var chunk = new String(in.readNBytes(chunkSize()), StandardCharsets.UTF_8);
    line();
    return chunk;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
