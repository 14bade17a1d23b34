package dev.birthmark.credential.pkix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

  @Test
  void namesDevicesIssuersAndLists() {
    BaseUrl base = new BaseUrl("https://id.acme.example:8443/pki");
    byte[] key = {1, (byte) 0xab};
    assertThat(base.device(new DeviceId("A:1"))).endsWith("/pki/devices/A:1");
    assertThat(base.issuer(key)).endsWith("/pki/issuers/01ab.cer");
    assertThat(base.ocsp()).endsWith("/pki/ocsp");
    assertThat(base.crl(key, "00ff00ff00ff00ff", 131_072 + 5))
        .endsWith("/pki/crl/01ab/00ff00ff00ff00ff/2.crl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a",
        "http://",
        "http://A.example",
        "http://a/",
        "http://a?x",
        "http://a/b c",
        "http://a#x",
        "http://a//b",
        "http://user@a",
        "//a"
      })
  void refusesWhatCannotStandInACertificateForEver(String text) {
    assertThatThrownBy(() -> new BaseUrl(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
