/**
 * The identity service's records in PostgreSQL: the ports of the domain over Hibernate's stateless
 * sessions. The rows that come in numbers are entities, inserted in batches; locks, claims and set
 * queries are SQL. What commits wakes the replicas by NOTIFY.
 */
@NullMarked
package dev.birthmark.identity.server.store;

import org.jspecify.annotations.NullMarked;
