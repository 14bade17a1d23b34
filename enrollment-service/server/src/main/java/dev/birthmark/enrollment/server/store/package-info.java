/**
 * A site's records in PostgreSQL: the ports of the domain over Hibernate's stateless sessions. The
 * rows that come in numbers are entities, inserted in batches; locks and set queries are SQL.
 */
@NullMarked
package dev.birthmark.enrollment.server.store;

import org.jspecify.annotations.NullMarked;
