package dev.birthmark.identity.server.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** A place in a log, as the primary key of what stands there. */
@Embeddable
record PlaceId(@Column(name = "log_id") long log, @Column(name = "log_index") long index) {}
