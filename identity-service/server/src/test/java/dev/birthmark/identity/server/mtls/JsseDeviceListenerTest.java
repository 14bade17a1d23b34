package dev.birthmark.identity.server.mtls;

/** With the JDK's engine everything but the alerts is the same. */
class JsseDeviceListenerTest extends DeviceListenerContract {
  @Override
  TlsEngine.Choice engine() {
    return TlsEngine.Choice.JSSE;
  }

  @Override
  String seen(TlsAlert alert) {
    return "certificate_unknown";
  }
}
