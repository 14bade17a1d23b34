package dev.birthmark.identity.registry;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.identity.registry.InMemoryState.Key;
import dev.birthmark.identity.registry.InMemoryState.MembershipKey;
import dev.birthmark.identity.revocation.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The registry's half of the records in memory. */
record InMemoryRegistryRecords(InMemoryState state, boolean writable) {

  SiteRecords sites() {
    return new Sites();
  }

  LogRecords logs() {
    return new Logs();
  }

  CredentialRecords credentials() {
    return new Credentials();
  }

  DeviceRecords devices() {
    return new Devices();
  }

  AlarmRecords alarms() {
    return new Alarms();
  }

  private void writing() {
    if (!writable) {
      throw new IllegalStateException("a reading script writes");
    }
  }

  private final class Sites implements SiteRecords {
    @Override
    public void lockRegistrations() {
      writing();
    }

    @Override
    public List<SiteRow> all() {
      return List.copyOf(state.sites.values());
    }

    @Override
    public SortedMap<SiteName, Long> numbers() {
      TreeMap<SiteName, Long> numbers = new TreeMap<>();
      state.sites.forEach((name, site) -> numbers.put(name, site.number()));
      return numbers;
    }

    @Override
    public Optional<SiteRow> site(SiteName name) {
      return Optional.ofNullable(state.sites.get(name));
    }

    @Override
    public Optional<SiteRow> byClientKey(Sha256 clientKey) {
      return state.sites.values().stream()
          .filter(site -> site.clientKey().equals(clientKey))
          .findFirst();
    }

    @Override
    public void put(SiteRow site) {
      writing();
      state.sites.put(site.name(), site);
    }
  }

  private final class Logs implements LogRecords {
    @Override
    public Optional<LogRow> lock(LogId log) {
      writing();
      return log(log);
    }

    @Override
    public Optional<LogRow> log(LogId log) {
      return Optional.ofNullable(state.logs.get(log));
    }

    @Override
    public List<LogRow> all() {
      return List.copyOf(state.logs.values());
    }

    @Override
    public List<LogRow> of(SiteName site) {
      return state.opened.stream()
          .map(state.logs::get)
          .filter(row -> row.site().equals(site))
          .toList();
    }

    @Override
    public void insert(LogRow log) {
      writing();
      if (state.logs.values().stream()
          .anyMatch(other -> other.id().serialBits() == log.id().serialBits())) {
        throw new IllegalStateException("the serial bits are taken");
      }
      state.logs.put(log.id(), log);
      state.opened.add(log.id());
    }

    @Override
    public void update(LogRow log) {
      writing();
      if (state.logs.put(log.id(), log) == null) {
        throw new IllegalStateException("no such log");
      }
    }

    @Override
    public void append(LogId log, long from, List<EntryRow> entries) {
      writing();
      List<EntryRow> all = new ArrayList<>(state.entries.getOrDefault(log, List.of()));
      if (all.size() != from) {
        throw new IllegalStateException("a hole in the log");
      }
      all.addAll(entries);
      state.entries.put(log, all);
    }

    @Override
    public List<Octets> entries(LogId log, long from, long octets) {
      List<Octets> taken = new ArrayList<>();
      long left = octets;
      for (EntryRow row : state.entries.getOrDefault(log, List.of()).stream().skip(from).toList()) {
        left -= row.der().length();
        if (left < 0 && !taken.isEmpty()) {
          break;
        }
        taken.add(row.der());
      }
      return taken;
    }

    @Override
    public void leafHashes(LogId log, long size, Consumer<Sha256> leaf) {
      state.entries.getOrDefault(log, List.of()).stream()
          .limit(size)
          .forEach(row -> leaf.accept(row.leaf()));
    }
  }

  private final class Credentials implements CredentialRecords {
    @Override
    public SortedMap<Facts, Integer> claimFacts(SortedSet<Facts> facts) {
      writing();
      TreeMap<Facts, Integer> ids = new TreeMap<>();
      for (Facts one : facts) {
        ids.put(one, state.facts.computeIfAbsent(one, key -> state.facts.size() + 1));
      }
      return ids;
    }

    @Override
    public SortedMap<String, Claims.Order> lockOrders(
        SiteName site, SortedMap<String, Claims.Order> orders) {
      writing();
      TreeMap<String, Claims.Order> locked = new TreeMap<>();
      orders.forEach((id, order) ->
          locked.put(id, state.orders.computeIfAbsent(new Key(site.toString(), id), key -> order)));
      return locked;
    }

    @Override
    public void updateOrders(Collection<Claims.Order> orders) {
      writing();
      orders.forEach(
          order -> state.orders.put(new Key(order.site().toString(), order.id()), order));
    }

    @Override
    public SortedMap<String, Claims.Device> claimDevices(
        String tenant, SortedMap<String, Claims.Device> devices) {
      writing();
      TreeMap<String, Claims.Device> owners = new TreeMap<>();
      devices.forEach((id, claim) ->
          owners.put(id, state.devices.computeIfAbsent(new Key(tenant, id), key -> claim)));
      return owners;
    }

    @Override
    public SortedMap<Sha256, Claims.Key> claimKeys(
        String tenant, SortedMap<Sha256, Claims.Key> keys) {
      writing();
      TreeMap<Sha256, Claims.Key> owners = new TreeMap<>();
      keys.forEach((hash, claim) ->
          owners.put(hash, state.keys.computeIfAbsent(new Key(tenant, hash.hex()), key -> claim)));
      return owners;
    }

    @Override
    public SortedMap<Place, Place> claimRenewals(SortedMap<Place, Place> childByRenewed) {
      writing();
      TreeMap<Place, Place> children = new TreeMap<>();
      childByRenewed.forEach((renewed, child) ->
          children.put(renewed, state.renewals.computeIfAbsent(renewed, key -> child)));
      return children;
    }

    @Override
    public void insert(List<Credential> credentials) {
      writing();
      for (Credential credential : credentials) {
        if (state.credentials.put(credential.place(), credential) != null) {
          throw new IllegalStateException("a place twice");
        }
        state.fingerprints.put(credential.fingerprint(), credential.place());
      }
    }

    @Override
    public void addMembers(LogId log, SortedMap<Term, Members> members) {
      writing();
      members.forEach((term, added) ->
          state.memberships.merge(new MembershipKey(log, term), added, Members::union));
    }

    @Override
    public SortedMap<Place, Credential> at(Collection<Place> places) {
      TreeMap<Place, Credential> found = new TreeMap<>();
      for (Place place : places) {
        Optional.ofNullable(state.credentials.get(place))
            .ifPresent(credential -> found.put(place, credential));
      }
      return found;
    }

    @Override
    public Optional<Credential> byFingerprint(Sha256 fingerprint) {
      return Optional.ofNullable(state.fingerprints.get(fingerprint)).map(state.credentials::get);
    }

    @Override
    public List<Credential> ofDevice(String tenant, String canonicalId) {
      return state.credentials.values().stream()
          .filter(credential ->
              credential.tenant().equals(tenant)
                  && credential.device().canonical().equals(canonicalId))
          .toList();
    }

    @Override
    public void slots(LogId log, long from, long to, SlotVisitor visitor) {
      if (from < to) {
        state
            .credentials
            .subMap(new Place(log, from), true, new Place(log, to - 1), true)
            .forEach((place, credential) ->
                visitor.slot(place.index(), credential.tag(), credential.facts()));
      }
    }

    @Override
    public SortedMap<Integer, Facts> facts(SortedSet<Integer> ids) {
      TreeMap<Integer, Facts> found = new TreeMap<>();
      state.facts.forEach((facts, id) -> {
        if (ids.contains(id)) {
          found.put(id, facts);
        }
      });
      return found;
    }
  }

  private final class Devices implements DeviceRecords {
    @Override
    public List<Claims.Device> search(Query query) {
      return state
          .devices
          .tailMap(new Key(query.tenant(), query.after()), false)
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().tenant().equals(query.tenant()))
          .filter(entry -> entry.getKey().text().startsWith(query.prefix()))
          .map(entry -> entry.getValue())
          .filter(device -> isOrAll(query.model(), device.model()))
          .filter(device -> isOrAll(query.lot(), device.lot()))
          .filter(device -> isOrAll(query.order(), device.order()))
          .limit(query.limit())
          .toList();
    }

    private boolean isOrAll(String wanted, String value) {
      return wanted.isEmpty() || wanted.equals(value);
    }

    @Override
    public Optional<Claims.Device> device(String tenant, String canonicalId) {
      return Optional.ofNullable(state.devices.get(new Key(tenant, canonicalId)));
    }

    @Override
    public SortedMap<String, List<Place>> places(String tenant, Collection<String> canonicalIds) {
      TreeMap<String, List<Place>> places = new TreeMap<>();
      state.credentials.forEach((place, credential) -> {
        String id = credential.device().canonical();
        if (credential.tenant().equals(tenant) && canonicalIds.contains(id)) {
          places.computeIfAbsent(id, key -> new ArrayList<>()).add(place);
        }
      });
      return places;
    }

    @Override
    public void note(List<Event> events) {
      writing();
      state.events.addAll(events);
    }

    @Override
    public List<Event> events(String tenant, String canonicalId) {
      return state.events.stream()
          .filter(event -> event.tenant().equals(tenant) && event.device().equals(canonicalId))
          .toList();
    }
  }

  private final class Alarms implements AlarmRecords {
    @Override
    public int raise(List<Alarm> alarms) {
      writing();
      int raised = 0;
      for (Alarm alarm : alarms) {
        if (state.alarms.stream().noneMatch(other -> isSame(alarm, other))) {
          state.alarms.add(alarm);
          raised++;
        }
      }
      return raised;
    }

    private boolean isSame(Alarm one, Alarm other) {
      return one.tenant().equals(other.tenant())
          && one.kind() == other.kind()
          && one.log().equals(other.log())
          && one.subject().equals(other.subject());
    }

    @Override
    public List<Alarm> latest(String tenant, int limit) {
      return state.alarms.reversed().stream()
          .filter(alarm -> alarm.tenant().equals(tenant))
          .limit(limit)
          .toList();
    }
  }
}
