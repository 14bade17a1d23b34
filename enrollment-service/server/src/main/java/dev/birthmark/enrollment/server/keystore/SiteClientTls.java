package dev.birthmark.enrollment.server.keystore;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.trust.IdentityBundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with the site's client key towards the identity service of its bundle, and no other. */
public final class SiteClientTls {

  private static final char[] IN_MEMORY = {};

  private SiteClientTls() {}

  /** A context that presents the site's client certificate and trusts the bundle's TLS roots. */
  public static SSLContext context(SiteFiles files, IdentityBundle identity) {
    try {
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      KeyStore trusted = empty();
      int count = 0;
      for (Octets root : identity.tlsRoots()) {
        trusted.setCertificateEntry("root-" + count++, certificate(certificates, root.bytes()));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore own = empty();
      own.setKeyEntry(
          "site",
          clientKey(files),
          IN_MEMORY,
          new Certificate[] {certificate(certificates, files.bundle().client().der().bytes())});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the site's client key cannot be used", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate certificate(CertificateFactory factory, byte[] der)
      throws GeneralSecurityException {
    return factory.generateCertificate(new ByteArrayInputStream(der));
  }

  private static PrivateKey clientKey(SiteFiles files)
      throws GeneralSecurityException, IOException {
    String pem = Files.readString(files.path("site-client-key.pem"), StandardCharsets.US_ASCII);
    String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
