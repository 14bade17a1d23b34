package dev.birthmark.identity.server.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With BoringSSL every refusal has its exact alert. */
class BoringSslDeviceListenerTest extends DeviceListenerContract {
  @Override
  TlsEngine.Choice engine() {
    return TlsEngine.Choice.BORINGSSL;
  }

  @Override
  String seen(TlsAlert alert) {
    return alert.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(TlsAlert.class)
  void sendsTheAlertsNumberToAnotherTlsClient(TlsAlert alert) throws Exception {
    assumeThat(OpenSslClient.isPresent()).isTrue();
    standing.refuse(device, Standing.refusal("some-reason", false, alert));
    assertThat(new OpenSslClient(directory, device, listener.port()).run(""))
        .contains("SSL alert number " + alert.code());
  }

  @Test
  void choosesBoringSslByItselfWhereItIsThere() {
    assertThat(TlsEngine.choose(TlsEngine.Choice.AUTO)).isEqualTo(TlsEngine.BORINGSSL);
    assertThat(listener.engine()).isEqualTo(TlsEngine.BORINGSSL);
  }
}
