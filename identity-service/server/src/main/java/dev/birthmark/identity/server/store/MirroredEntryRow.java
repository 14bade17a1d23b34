package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.identity.registry.LogRecords.EntryRow;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code log_entry}: an entry of a mirrored log as it came. */
@Entity
@Table(name = "log_entry")
@NullUnmarked // Hibernate makes instances and fills them afterwards
class MirroredEntryRow {

  @EmbeddedId PlaceId id;

  byte[] der;

  @Column(name = "leaf_hash")
  byte[] leafHash;

  boolean bad;

  protected MirroredEntryRow() {}

  MirroredEntryRow(LogId log, long index, EntryRow entry) {
    this.id = new PlaceId(log.value(), index);
    this.der = entry.der().bytes();
    this.leafHash = entry.leaf().bytes();
    this.bad = entry.bad();
  }
}
