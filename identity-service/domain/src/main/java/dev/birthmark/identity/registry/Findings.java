package dev.birthmark.identity.registry;

import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.feed.Reason;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.Warrant;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.identity.registry.EntryCheck.Checked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the claims of a push, orders first, then ids, keys and renewals, and finds what puts a
 * credential on hold: its order is used up or says another quantity, it has neither order nor
 * ancestor, its id or key was somebody else's first, its ancestor was renewed before. Earlier
 * credentials are untouched.
 */
final class Findings {
  private final RegistryTransaction tx;
  private final Site site;
  private final LogId log;
  private final Lineage lineage;
  private final Instant now;
  private final List<Finding> found = new ArrayList<>();

  Findings(RegistryTransaction tx, Site site, LogId log, Lineage lineage, Instant now) {
    this.tx = tx;
    this.site = site;
    this.log = log;
    this.lineage = lineage;
    this.now = now;
  }

  /**
   * Why one credential is put on hold, and in whose timelines that is said.
   *
   * @param index of the credential
   * @param reason of the hold
   * @param detail in words
   * @param tellings one for each timeline
   */
  record Finding(long index, Reason reason, String detail, List<Telling> tellings) {}

  /**
   * A line of a device's timeline.
   *
   * @param device canonical id
   * @param detail in words
   */
  record Telling(String device, String detail) {
    DeviceRecords.Event event(Registration.Result result, Finding finding, Position change) {
      return new DeviceRecords.Event(
          result.site().name().tenant(),
          device,
          result.now(),
          finding.reason().text(),
          detail,
          new Place(result.log(), finding.index()),
          Optional.of(change));
    }
  }

  List<Finding> of(List<Checked.Good> entries) {
    orders(entries);
    devices(entries);
    keys(entries);
    renewals(entries);
    return found;
  }

  private void orders(List<Checked.Good> entries) {
    SortedMap<String, Claims.Order> first = new TreeMap<>();
    for (Checked.Good entry : entries) {
      if (entry.entry().warrant() instanceof Warrant.Order order) {
        first.putIfAbsent(
            order.id(), new Claims.Order(site.name(), order.id(), order.quantity(), 0));
      }
    }
    SortedMap<String, Claims.Order> orders =
        first.isEmpty()
            ? new TreeMap<>()
            : new TreeMap<>(tx.credentials().lockOrders(site.name(), first));
    for (Checked.Good entry : entries) {
      switch (entry.entry().warrant()) {
        case Warrant.Order order -> count(orders, entry, order);
        case Warrant.Renewal renewal -> {
          if (!lineage.renewals().containsKey(entry.index())) {
            find(
                entry,
                Reason.OVER_PRODUCTION,
                "it renews " + renewal.place() + ", which is not this device's at this site");
          }
        }
        case Warrant.None none ->
            find(entry, Reason.OVER_PRODUCTION, "it belongs to no order and renews nothing");
      }
    }
    if (!orders.isEmpty()) {
      tx.credentials().updateOrders(orders.values());
    }
  }

  private void count(
      SortedMap<String, Claims.Order> orders, Checked.Good entry, Warrant.Order order) {
    Claims.Order before = present(orders.get(order.id()));
    Claims.Order counted =
        new Claims.Order(before.site(), before.id(), before.quantity(), before.issued() + 1);
    orders.put(order.id(), counted);
    if (order.quantity() != counted.quantity()) {
      find(
          entry,
          Reason.OVER_PRODUCTION,
          "it says a quantity of "
              + order.quantity()
              + ", the first of its order said "
              + counted.quantity());
    } else if (counted.issued() > counted.quantity()) {
      find(
          entry,
          Reason.OVER_PRODUCTION,
          "it is number " + counted.issued() + " of an order of " + counted.quantity());
    }
  }

  private void devices(List<Checked.Good> entries) {
    SortedMap<String, Claims.Device> claims = new TreeMap<>();
    for (Checked.Good entry : entries) {
      Facts facts = lineage.factsAt(entry.index());
      claims.putIfAbsent(
          entry.device().canonical(),
          new Claims.Device(
              site.name().tenant(),
              entry.device(),
              site.name().site(),
              facts.model(),
              facts.hardwareRevision(),
              facts.lot(),
              facts.order(),
              now));
    }
    SortedMap<String, Claims.Device> owners =
        tx.credentials().claimDevices(site.name().tenant(), claims);
    for (Checked.Good entry : entries) {
      Claims.Device owner = present(owners.get(entry.device().canonical()));
      if (!owner.site().equals(site.name().site())) {
        found.add(
            new Finding(
                entry.index(),
                Reason.DUPLICATE_ID,
                "the id is known from site " + owner.site(),
                List.of(
                    new Telling(
                        entry.device().canonical(),
                        "site "
                            + site.name().site()
                            + " issued to this id, known from site "
                            + owner.site()
                            + "; the later credential is on hold"))));
      }
    }
  }

  private void keys(List<Checked.Good> entries) {
    SortedMap<Sha256, Claims.Key> claims = new TreeMap<>();
    for (Checked.Good entry : entries) {
      Sha256 key = entry.certificate().publicKey().hash();
      claims.putIfAbsent(
          key,
          new Claims.Key(
              site.name().tenant(), key, site.name().site(), entry.device().canonical()));
    }
    SortedMap<Sha256, Claims.Key> owners = tx.credentials().claimKeys(site.name().tenant(), claims);
    for (Checked.Good entry : entries) {
      Claims.Key owner = present(owners.get(entry.certificate().publicKey().hash()));
      String device = entry.device().canonical();
      boolean same = owner.site().equals(site.name().site()) && owner.device().equals(device);
      if (!same) {
        found.add(duplicateKey(entry.index(), device, owner));
      }
    }
  }

  private Finding duplicateKey(long index, String device, Claims.Key owner) {
    String detail = "its key is that of device " + owner.device() + " of site " + owner.site();
    List<Telling> tellings = new ArrayList<>();
    tellings.add(new Telling(device, detail + "; the later credential is on hold"));
    if (!owner.device().equals(device)) {
      tellings.add(
          new Telling(
              owner.device(),
              "device " + device + " of site " + site.name().site() + " came with this key"));
    }
    return new Finding(index, Reason.DUPLICATE_KEY, detail, tellings);
  }

  private void renewals(List<Checked.Good> entries) {
    SortedMap<Place, Place> claims = new TreeMap<>();
    lineage
        .renewals()
        .forEach((index, renewed) -> claims.putIfAbsent(renewed, new Place(log, index)));
    if (claims.isEmpty()) {
      return;
    }
    SortedMap<Place, Place> children = tx.credentials().claimRenewals(claims);
    for (Checked.Good entry : entries) {
      Place renewed = lineage.renewals().get(entry.index());
      if (renewed != null) {
        Place child = present(children.get(renewed));
        if (!child.equals(new Place(log, entry.index()))) {
          find(entry, Reason.FORKED_RENEWAL, renewed + " was renewed by " + child + " before");
        }
      }
    }
  }

  private void find(Checked.Good entry, Reason reason, String detail) {
    found.add(
        new Finding(
            entry.index(),
            reason,
            detail,
            List.of(new Telling(entry.device().canonical(), detail))));
  }

  private static <T> T present(@Nullable T claimed) {
    if (claimed == null) {
      throw new IllegalStateException("the store did not answer a claim");
    }
    return claimed;
  }
}
