package dev.birthmark.bench.load;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What an enrolled device shows: its key and its chain, leaf first.
 *
 * @param deviceId who it is
 * @param key its own
 * @param chain leaf and issuer
 */
public record DeviceIdentity(String deviceId, PrivateKey key, X509Certificate[] chain) {

  /**
   * A context of which no session was ever kept, so that the handshake is a full one.
   *
   * @param trust of the server's certificate
   */
  public SSLContext freshContext(TrustManager[] trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(new KeyManager[] {new Shown(this)}, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Shown extends X509ExtendedKeyManager {

    private static final String ALIAS = "device";

    private final DeviceIdentity device;

    Shown(DeviceIdentity device) {
      this.device = device;
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return device.chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return device.key();
    }
  }
}
