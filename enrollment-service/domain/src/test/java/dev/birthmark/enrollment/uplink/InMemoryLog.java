package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.log.StoredNode;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.enrollment.issuance.IssuedCredential;
import dev.birthmark.enrollment.issuance.LogRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The credentials and tree hashes of an {@link InMemorySiteStore}. */
record InMemoryLog(InMemoryTransaction transaction) implements LogRecords {

  @Override
  public List<IssuedCredential> ofDevices(Collection<String> canonical) {
    return transaction.read(tables -> find(tables, canonical, tables.devices));
  }

  @Override
  public List<IssuedCredential> ofKeys(Collection<Sha256> keys) {
    return transaction.read(tables -> find(tables, keys, tables.keys));
  }

  private static <K> List<IssuedCredential> find(
      Tables tables, Collection<K> names, SortedMap<K, Place> index) {
    List<IssuedCredential> found = new ArrayList<>();
    for (K name : names) {
      Place place = index.get(name);
      IssuedCredential credential = place == null ? null : tables.credentials.get(place);
      if (credential != null) {
        found.add(credential);
      }
    }
    return found;
  }

  @Override
  public void add(List<IssuedCredential> credentials) {
    transaction.writeLocked(tables -> {
      for (IssuedCredential credential : credentials) {
        Place place = credential.place();
        unique(tables.credentials.putIfAbsent(place, credential), "place");
        unique(tables.devices.putIfAbsent(credential.device().canonical(), place), "device");
        unique(tables.keys.putIfAbsent(credential.key(), place), "key");
      }
    });
  }

  private static void unique(@Nullable Object there, String what) {
    if (there != null) {
      throw new IllegalStateException("the " + what + " is there already");
    }
  }

  @Override
  public void addNodes(LogId log, List<StoredNode> nodes) {
    transaction.writeLocked(tables -> {
      for (StoredNode node : nodes) {
        unique(
            tables
                .nodes
                .computeIfAbsent(level(log, node.level()), level -> new TreeMap<>())
                .putIfAbsent(node.index(), node.hash()),
            "node");
      }
    });
  }

  private static String level(LogId log, int level) {
    return log.hex() + "/" + level;
  }

  @Override
  public byte[] hashes(LogId log, int level, long first, int count) {
    return transaction.read(tables -> {
      byte[] hashes = new byte[count * Sha256.LENGTH];
      for (int i = 0; i < count; i++) {
        Sha256 hash = hash(tables, log, level, first + i);
        if (hash == null) {
          throw new IllegalArgumentException("no hash " + (first + i) + " at level " + level);
        }
        System.arraycopy(hash.bytes(), 0, hashes, i * Sha256.LENGTH, Sha256.LENGTH);
      }
      return hashes;
    });
  }

  private static @Nullable Sha256 hash(Tables tables, LogId log, int level, long index) {
    if (level > 0) {
      return tables.nodes.getOrDefault(level(log, level), new TreeMap<>()).get(index);
    }
    IssuedCredential credential = tables.credentials.get(new Place(log, index));
    return credential == null ? null : credential.leafHash();
  }

  @Override
  public List<Octets> entries(LogId log, long from, long to, int maxOctets) {
    return transaction.read(tables -> {
      List<Octets> entries = new ArrayList<>();
      long octets = 0;
      for (long index = from; index < to; index++) {
        IssuedCredential credential = tables.credentials.get(new Place(log, index));
        if (credential == null) {
          break;
        }
        octets += 2 + credential.entry().length();
        if (octets > maxOctets && !entries.isEmpty()) {
          break;
        }
        entries.add(credential.entry());
      }
      return entries;
    });
  }

  @Override
  public List<IssuedCredential> forget(LogId log, long from) {
    List<IssuedCredential> lost =
        transaction.read(tables ->
            tables.credentials.tailMap(new Place(log, from)).values().stream()
                .filter(credential -> credential.place().log().equals(log))
                .toList());
    transaction.writeLocked(tables -> {
      for (IssuedCredential credential : lost) {
        tables.credentials.remove(credential.place());
        tables.devices.remove(credential.device().canonical());
        tables.keys.remove(credential.key());
      }
      for (int level = 1; level <= 4; level++) {
        tables
            .nodes
            .getOrDefault(level(log, level), new TreeMap<>())
            .tailMap(from >>> (8 * level))
            .clear();
      }
    });
    return lost;
  }
}
