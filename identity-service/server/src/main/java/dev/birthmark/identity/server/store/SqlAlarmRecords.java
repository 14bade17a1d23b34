package dev.birthmark.identity.server.store;

import dev.birthmark.credential.log.LogId;
import dev.birthmark.edge.postgres.Statements;
import dev.birthmark.identity.registry.Alarm;
import dev.birthmark.identity.registry.AlarmRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Table {@code alarm}. */
final class SqlAlarmRecords implements AlarmRecords {

  private final Statements sql;

  SqlAlarmRecords(Statements sql) {
    this.sql = sql;
  }

  @Override
  public int raise(List<Alarm> alarms) {
    int raised = 0;
    for (Alarm alarm : alarms) {
      raised +=
          sql.update(
              "INSERT INTO alarm (tenant, kind, site, log_id, subject, at, detail)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
              alarm.tenant(),
              alarm.kind().text(),
              alarm.site().orElse(null),
              alarm.log().map(LogId::value).orElse(null),
              alarm.subject(),
              alarm.at(),
              alarm.detail());
    }
    return raised;
  }

  @Override
  public List<Alarm> latest(String tenant, int limit) {
    return sql.query(
        "SELECT * FROM alarm WHERE tenant = ? ORDER BY id DESC LIMIT ?",
        SqlAlarmRecords::alarm,
        tenant,
        limit);
  }

  private static Alarm alarm(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    long log = row.getLong("log_id");
    Optional<LogId> logId = row.wasNull() ? Optional.empty() : Optional.of(new LogId(log));
    return new Alarm(
        row.getString("tenant"),
        Arrays.stream(Alarm.Kind.values())
            .filter(known -> known.text().equals(kind))
            .findFirst()
            .orElseThrow(),
        Optional.ofNullable(row.getString("site")),
        logId,
        row.getString("subject"),
        Statements.instant(row, "at"),
        row.getString("detail"));
  }
}
