package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;

/** Who was first: what an ingest asks the registry to keep unless somebody has it already. */
public final class Claims {

  private Claims() {}

  /**
   * A device id, unique in the tenant without regard to case.
   *
   * @param tenant whose
   * @param device in the spelling of its first certificate
   * @param site that had it first
   * @param model of the first credential, as the next three: what devices are searched by
   * @param hardwareRevision of the first credential
   * @param lot of the first credential
   * @param order of the first credential
   * @param registeredAt the database's time
   */
  public record Device(
      String tenant,
      DeviceId device,
      String site,
      String model,
      String hardwareRevision,
      String lot,
      String order,
      Instant registeredAt) {}

  /**
   * A public key, unique in the tenant.
   *
   * @param tenant whose
   * @param key its hash
   * @param site that had it first
   * @param device canonical id of the device that had it first
   */
  public record Key(String tenant, Sha256 key, String site, String device) {}

  /**
   * The renewal of a credential, of which there is one.
   *
   * @param renewed the place that is renewed
   * @param child the place that renewed it first
   */
  public record Renewal(Place renewed, Place child) {}

  /**
   * An order, over all logs of a site.
   *
   * @param site whose
   * @param id names it in the site
   * @param quantity what its first entry said
   * @param issued how many identities have been registered under it, held ones included
   */
  public record Order(SiteName site, String id, long quantity, long issued) {}
}
