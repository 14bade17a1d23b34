package dev.birthmark.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The main job as openssl and curl see it; skipped where these are not installed. */
class OtherClientsIT {
  private static final Path FOLDER = Platform.folder("other-clients");

  private final Platform platform = Platform.shared();
  private final String tlsRoot = platform.home().tlsRoot().toString();

  @Test
  void opensslVerifiesAnIssuedChainStrictly() throws Exception {
    Tool openssl = new Tool("openssl").whereInstalled();
    Path chain = platform.enrollOne("openssl-chain").write(FOLDER);
    Tool.Result result =
        openssl.run(
            "verify",
            "-x509_strict",
            "-check_ss_sig",
            "-purpose",
            "sslclient",
            "-CAfile",
            platform.home().ca().resolve("root.pem").toString(),
            "-untrusted",
            platform.home().ca().resolve("issuer.pem").toString(),
            chain.toString());
    assertThat(result.output()).contains("openssl-chain.pem: OK");
    assertThat(result.exit()).isZero();
  }

  @Test
  void opensslConnectsResumesAndIsRefusedWithTheExactAlertOnceRevoked() throws Exception {
    Tool openssl = new Tool("openssl").whereInstalled();
    platform.enrollOne("openssl-client").write(FOLDER);
    Path session = FOLDER.resolve("session.pem");

    Tool.Result full = connect(openssl, "-sess_out", session.toString());
    assertThat(full.output()).contains("New, TLSv1.3").contains("HTTP/1.1 200");
    assertThat(session).isNotEmptyFile();
    Tool.Result resumed = connect(openssl, "-sess_in", session.toString());
    assertThat(resumed.output()).contains("Reused, TLSv1.3").contains("HTTP/1.1 200");

    platform.change("revoke", "key-compromise", "deviceId", "openssl-client");

    assertThat(connectWith("", openssl).output())
        .containsIgnoringCase("certificate revoked")
        .contains("SSL alert number 44")
        .doesNotContain("HTTP/1.1 200");
    assertThat(connect(openssl, "-sess_in", session.toString()).output())
        .doesNotContain("HTTP/1.1 200");
  }

  private Tool.Result connect(Tool openssl, String... more) throws Exception {
    return connectWith(
        "GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", openssl, more);
  }

  /** Whoever waits for an alert sends nothing: it could be lost when a closed socket answers. */
  private Tool.Result connectWith(String request, Tool openssl, String... more) throws Exception {
    String[] usual = {
      "s_client",
      "-connect",
      "127.0.0.1:" + platform.ports().device(),
      "-CAfile",
      tlsRoot,
      "-verify_return_error",
      "-tls1_3",
      "-cert",
      FOLDER.resolve("openssl-client.pem").toString(),
      "-cert_chain",
      FOLDER.resolve("openssl-client.pem").toString(),
      "-key",
      FOLDER.resolve("openssl-client-key.pem").toString(),
      "-ign_eof"
    };
    String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return openssl.runWith(request, all);
  }

  @Test
  void opensslIsRefusedWithACertificateOfAnotherCa() throws Exception {
    Tool openssl = new Tool("openssl").whereInstalled();
    Files.createDirectories(FOLDER);
    Path certificate = FOLDER.resolve("stranger.pem");
    Path key = FOLDER.resolve("stranger-key.pem");
    openssl.run(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=stranger",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-addext",
        "keyUsage=critical,digitalSignature",
        "-addext",
        "extendedKeyUsage=clientAuth",
        "-days",
        "2",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    Tool.Result result =
        openssl.run(
            "s_client",
            "-connect",
            "127.0.0.1:" + platform.ports().device(),
            "-CAfile",
            tlsRoot,
            "-tls1_3",
            "-cert",
            certificate.toString(),
            "-key",
            key.toString(),
            "-ign_eof");
    assertThat(result.output()).contains("SSL alert number 48").doesNotContain("HTTP/1.1 200");
  }

  @Test
  void curlGetsATokenWithADevicesCertificate() throws Exception {
    Tool curl = new Tool("curl").whereInstalled();
    platform.enrollOne("curl-device").write(FOLDER);
    Tool.Result result =
        curl.run(
            "-sS",
            "--cacert",
            tlsRoot,
            "--cert",
            FOLDER.resolve("curl-device.pem").toString(),
            "--key",
            FOLDER.resolve("curl-device-key.pem").toString(),
            "-d",
            "grant_type=client_credentials&client_id=curl-device",
            platform.ports().deviceUrl() + "/token");
    assertThat(result.exit()).as(result.output()).isZero();
    JsonNode token = Device.json(result.output());
    assertThat(token.path("access_token").asText()).isNotEmpty();
  }

  @Test
  void curlAsksForADecisionWithABearerToken() throws Exception {
    Tool curl = new Tool("curl").whereInstalled();
    Device device = platform.enrollOne("curl-decided");
    String token =
        platform
            .operator()
            .token(
                Audience.IDENTITY, EnumSet.of(Role.BACKEND), "acceptance", Duration.ofMinutes(5));
    Tool.Result result =
        curl.run(
            "-sS",
            "--cacert",
            tlsRoot,
            "-H",
            "Authorization: Bearer " + token,
            "-H",
            "Content-Type: application/json",
            "-d",
            Platform.json().put("fingerprint", device.fingerprint().hex()).toString(),
            platform.ports().identityUrl() + "/v1/decisions");
    assertThat(Device.json(result.output()).path("decision").asText())
        .as(result.output())
        .isEqualTo("allow");
  }

  @Test
  void curlFetchesTheIssuerThatACertificateNames() throws Exception {
    Tool curl = new Tool("curl").whereInstalled();
    Device device = platform.enrollOne("curl-aia");
    String aia =
        new String(
            device.chain().getFirst().getExtensionValue("1.3.6.1.5.5.7.1.1"),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    String issuers = aia.substring(aia.indexOf("http://127.0.0.1"));
    String url = issuers.substring(issuers.indexOf("http"), issuers.indexOf(".cer") + 4);
    if (url.lastIndexOf("http") > 0) {
      url = url.substring(url.lastIndexOf("http")); // the first address was the OCSP responder's
    }
    Path fetched = FOLDER.resolve("issuer.cer");
    Files.createDirectories(FOLDER);
    Tool.Result result = curl.run("-sS", "--fail", "-o", fetched.toString(), url);
    assertThat(result.exit()).as(url + " " + result.output()).isZero();
    assertThat(Files.readAllBytes(fetched)).isEqualTo(device.chain().get(1).getEncoded());
  }
}
