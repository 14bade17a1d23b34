package dev.birthmark.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as a client of the services, whose certificates an installation's own root issued. */
public final class Tls {

  private Tls() {}

  /** An HTTP client that trusts the root and nobody else. */
  public static HttpClient http(Path root) {
    return HttpClient.newBuilder()
        .sslContext(context(root))
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  /** A TLS context that trusts the root and nobody else. */
  public static SSLContext context(Path root, KeyManager... own) {
    try (InputStream in = Files.newInputStream(root)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("root-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      KeyManager @Nullable [] keys = own.length == 0 ? null : own;
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot read "
              + root
              + ", the root of the services' TLS certificates; birthmark up makes it",
          e);
    } catch (GeneralSecurityException e) {
      throw new UnavailableException(root + " is no certificate in PEM", e);
    }
  }
}
