package dev.birthmark.identity.registry;

import dev.birthmark.credential.log.Place;
import java.util.List;
import java.util.Optional;

/**
 * What somebody must look at, from outside of an ingest. Blocks; safe for use by several threads.
 */
public final class Alarms {
  private final RegistryStore store;

  /** Over the store. */
  public Alarms(RegistryStore store) {
    this.store = store;
  }

  /** A tenant's alarms, the latest first. */
  public List<Alarm> latest(String tenant, int limit) {
    return store.read(tx -> tx.alarms().latest(tenant, limit));
  }

  /**
   * Raises {@code log-mismatch}, once for each place: what a decision found, committed by itself.
   * Says whether it was new.
   */
  public boolean mismatch(Place place) {
    return store.write(tx -> {
      Optional<LogRow> log = tx.logs().log(place.log());
      return log.map(row ->
              tx.alarms()
                  .raise(
                      List.of(
                          new Alarm(
                              row.site().tenant(),
                              Alarm.Kind.LOG_MISMATCH,
                              Optional.of(row.site().site()),
                              Optional.of(place.log()),
                              Long.toString(place.index()),
                              tx.installation().now(),
                              "a certificate that the issuer's key signed is not the"
                                  + " one in the log"))))
          .orElse(0);
    })
        > 0;
  }

  /** Raises an alarm of a tenant that is about no log, in a transaction of its own. */
  public void raise(String tenant, Alarm.Kind kind, String subject, String detail) {
    store.write(tx ->
        tx.alarms()
            .raise(
                List.of(
                    new Alarm(
                        tenant,
                        kind,
                        Optional.empty(),
                        Optional.empty(),
                        subject,
                        tx.installation().now(),
                        detail))));
  }
}
