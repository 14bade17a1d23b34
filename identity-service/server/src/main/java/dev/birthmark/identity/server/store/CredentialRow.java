package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.Place;
import dev.birthmark.identity.registry.Credential;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code credential}. */
@Entity
@Table(name = "credential")
@NullUnmarked // Hibernate makes instances and fills them afterwards
class CredentialRow {

  @EmbeddedId PlaceId id;

  String tenant;

  @Column(name = "device_canonical")
  String deviceCanonical;

  String device;
  byte[] serial;
  byte[] fingerprint;

  @Column(name = "key_hash")
  byte[] keyHash;

  int tag;
  int facts;

  @Column(name = "not_before")
  Instant notBefore;

  @Column(name = "not_after")
  Instant notAfter;

  @Column(name = "issued_at")
  Instant issuedAt;

  @Column(name = "renews_log")
  Long renewsLog;

  @Column(name = "renews_index")
  Long renewsIndex;

  protected CredentialRow() {}

  CredentialRow(Credential credential) {
    this.id = new PlaceId(credential.place().log().value(), credential.place().index());
    this.tenant = credential.tenant();
    this.deviceCanonical = credential.device().canonical();
    this.device = credential.device().value();
    this.serial = credential.serial().value().toByteArray();
    this.fingerprint = credential.fingerprint().bytes();
    this.keyHash = credential.key().bytes();
    this.tag = credential.tag();
    this.facts = credential.facts();
    this.notBefore = credential.notBefore();
    this.notAfter = credential.notAfter();
    this.issuedAt = credential.issuedAt();
    this.renewsLog = credential.renews().map(Place::log).map(log -> log.value()).orElse(null);
    this.renewsIndex = credential.renews().map(Place::index).orElse(null);
  }
}
