package dev.birthmark.identity.server.mtls;

/**
 * A credential that a device has shown and proved its key for, verified once and remembered for as
 * long as the connection lasts.
 */
@FunctionalInterface
interface PresentedCredential {
  /**
   * Decides with the status as it is now. From memory; called on event loops, for every request.
   */
  Admission now();
}
