package dev.birthmark.enrollment.server.store;

import dev.birthmark.enrollment.issuance.IssuedCredential;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code credential}: an entry of a log and what it is found by. */
@Entity
@Table(name = "credential")
@NullUnmarked // Hibernate makes instances and fills them afterwards
class CredentialRow {

  /** Where the entry stands. */
  @Embeddable
  record Id(@Column(name = "log_id") long log, @Column(name = "log_index") long index) {}

  @EmbeddedId Id id;

  @Column(name = "device_canonical")
  String deviceCanonical;

  String device;

  @Column(name = "key_hash")
  byte[] keyHash;

  @Column(name = "order_id")
  String order;

  @Column(name = "leaf_hash")
  byte[] leafHash;

  byte[] entry;

  protected CredentialRow() {}

  CredentialRow(IssuedCredential credential) {
    this.id = new Id(credential.place().log().value(), credential.place().index());
    this.deviceCanonical = credential.device().canonical();
    this.device = credential.device().value();
    this.keyHash = credential.key().bytes();
    this.order = credential.order();
    this.leafHash = credential.leafHash().bytes();
    this.entry = credential.entry().bytes();
  }
}
