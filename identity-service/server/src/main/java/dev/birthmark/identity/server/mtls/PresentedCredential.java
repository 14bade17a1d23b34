package dev.birthmark.identity.server.mtls;

import dev.birthmark.credential.log.Place;
import org.jspecify.annotations.Nullable;

/**
 * A credential that a device has shown and proved its key for, remembered for as long as the
 * connection lasts.
 */
interface PresentedCredential {
  /**
   * Decides with the status as it is now. From memory; called on event loops, for every request.
   */
  Admission now();

  /** Where the issuance log holds it; null as long as it was never admitted. */
  @Nullable Place place();
}
