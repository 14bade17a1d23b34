package dev.birthmark.identity.server.store;

import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.AlarmRecords;
import dev.birthmark.identity.registry.CredentialRecords;
import dev.birthmark.identity.registry.DeviceRecords;
import dev.birthmark.identity.registry.LogRecords;
import dev.birthmark.identity.registry.RegistryTransaction;
import dev.birthmark.identity.registry.SiteRecords;
import dev.birthmark.identity.revocation.ConsumerRecords;
import dev.birthmark.identity.revocation.FeedRecords;
import dev.birthmark.identity.revocation.ForceRecords;
import dev.birthmark.identity.revocation.InstallationRecords;
import dev.birthmark.identity.revocation.SelectionRecords;
import dev.birthmark.identity.revocation.StatusRecords;
import org.hibernate.StatelessSession;

/** One transaction's view of the registry. */
final class SqlRegistryTransaction implements RegistryTransaction {

  private final StatelessSession session;
  private final Statements sql;

  SqlRegistryTransaction(StatelessSession session) {
    this.session = session;
    this.sql = new Statements(session);
  }

  @Override
  public SiteRecords sites() {
    return new SqlSiteRecords(sql);
  }

  @Override
  public LogRecords logs() {
    return new SqlLogRecords(session, sql);
  }

  @Override
  public CredentialRecords credentials() {
    return new SqlCredentialRecords(session, sql);
  }

  @Override
  public DeviceRecords devices() {
    return new SqlDeviceRecords(sql);
  }

  @Override
  public AlarmRecords alarms() {
    return new SqlAlarmRecords(sql);
  }

  @Override
  public FeedRecords feed() {
    return new SqlFeedRecords(sql);
  }

  @Override
  public ForceRecords force() {
    return new SqlForceRecords(sql);
  }

  @Override
  public StatusRecords status() {
    return new SqlStatusRecords(sql);
  }

  @Override
  public SelectionRecords selection() {
    return new SqlSelectionRecords(sql);
  }

  @Override
  public ConsumerRecords consumers() {
    return new SqlConsumerRecords(sql);
  }

  @Override
  public InstallationRecords installation() {
    return new SqlInstallationRecords(sql);
  }
}
