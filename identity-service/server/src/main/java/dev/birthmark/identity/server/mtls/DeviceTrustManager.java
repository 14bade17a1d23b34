package dev.birthmark.identity.server.mtls;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the decider during the handshake. It runs on the event loop, so all it does is arithmetic
 * and memory. What it found is left in the TLS session for the connection that comes of it, so that
 * nothing is verified twice.
 */
final class DeviceTrustManager extends X509ExtendedTrustManager {
  private static final String PRESENTED = "birthmark.presented";

  private final DeviceAuthentication authentication;
  private final BooleanSupplier full;
  private final Consumer<String> refused;

  /**
   * @param authentication verifies a chain
   * @param full whether the port has as many connections as it may
   * @param refused is told the reason of every refusal
   */
  DeviceTrustManager(
      DeviceAuthentication authentication, BooleanSupplier full, Consumer<String> refused) {
    this.authentication = authentication;
    this.full = full;
    this.refused = refused;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (full.getAsBoolean()) {
      refused.accept("too-many-connections");
      throw TlsAlert.INTERNAL_ERROR.exception("too many connections");
    }
    PresentedCredential presented = authentication.present(encoded(chain));
    if (presented.now() instanceof Admission.Refused refusal) {
      refused.accept(refusal.reason());
      throw refusal.alert().exception(refusal.reason());
    }
    SSLSession session = engine.getHandshakeSession();
    if (session != null) {
      session.putValue(PRESENTED, presented);
    }
  }

  /**
   * What the peer of an established session has shown. A resumed session skipped {@link
   * #checkClientTrusted}, so its certificate, which the session still knows, is verified here.
   *
   * @throws CertificateException if the session knows no certificate
   */
  PresentedCredential presented(SSLSession session) throws CertificateException {
    if (session.getValue(PRESENTED) instanceof PresentedCredential presented) {
      return presented;
    }
    try {
      return authentication.present(encoded(session.getPeerCertificates()));
    } catch (SSLPeerUnverifiedException e) {
      throw new CertificateException("the session has no certificate", e);
    }
  }

  /**
   * The octets that came over the wire. The JDK's reading of them is not used: the decider has a
   * stricter reader of its own.
   */
  private static List<byte[]> encoded(Certificate[] chain) throws CertificateEncodingException {
    List<byte[]> encoded = new ArrayList<>(chain.length);
    for (Certificate certificate : chain) {
      encoded.add(certificate.getEncoded());
    }
    return encoded;
  }

  /**
   * Empty: a list of names would be frozen at start and tells strangers whose devices connect here.
   */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("devices connect through an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("devices connect through an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this end is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this end is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this end is the server");
  }
}
