package dev.birthmark.enrollment.server.store;

import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.enrollment.issuance.LogRecords;
import dev.birthmark.enrollment.issuance.RecallRecords;
import dev.birthmark.enrollment.registration.OrderRecords;
import dev.birthmark.enrollment.site.SiteRecords;
import dev.birthmark.enrollment.uplink.SiteTransaction;
import dev.birthmark.enrollment.uplink.UplinkRecords;
import org.hibernate.StatelessSession;

/** One transaction's view of a site's records. */
final class SqlSiteTransaction implements SiteTransaction {

  private final StatelessSession session;
  private final Statements sql;

  SqlSiteTransaction(StatelessSession session) {
    this.session = session;
    this.sql = new Statements(session);
  }

  @Override
  public SiteRecords site() {
    return new SqlSiteRecords(sql);
  }

  @Override
  public OrderRecords orders() {
    return new SqlOrderRecords(sql);
  }

  @Override
  public LogRecords log() {
    return new SqlLogRecords(session, sql);
  }

  @Override
  public RecallRecords recalls() {
    return new SqlRecallRecords(sql);
  }

  @Override
  public UplinkRecords uplink() {
    return new SqlUplinkRecords(sql);
  }
}
