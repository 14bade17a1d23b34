package dev.birthmark.identity.server.mtls;

import dev.birthmark.identity.server.device.ConnectedDevice;
import dev.birthmark.identity.server.device.DeviceRefusedException;

/** Whether a presented credential may use the device port, as of the moment it was asked. */
sealed interface Admission {
  /**
   * It may.
   *
   * @param device what is known of the device
   */
  record Admitted(ConnectedDevice device) implements Admission {}

  /**
   * It may not.
   *
   * @param reason the decider's machine-readable reason
   * @param detail what is wrong, for the device's developer
   * @param nextStep what to do about it
   * @param retryable whether the same credential may be admitted later without anybody doing
   *     anything
   * @param alert how a handshake is refused with it
   */
  record Refused(String reason, String detail, String nextStep, boolean retryable, TlsAlert alert)
      implements Admission {
    /** What a request is refused with. */
    DeviceRefusedException exception() {
      return new DeviceRefusedException(reason, detail, nextStep, retryable);
    }
  }
}
