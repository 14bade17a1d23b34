package dev.birthmark.bench.bed;

import dev.birthmark.credential.feed.SelectorAttribute;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.RightEdge;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import dev.birthmark.enrollment.ceremony.Ceremony;
import dev.birthmark.enrollment.ceremony.CeremonyPlan;
import dev.birthmark.identity.registry.TagKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A log of credentials for which no certificate was ever made: one order, one lot, one model. Rows
 * that replicas load and changes select by are as an ingest would have written them; entries,
 * devices and keys are left out.
 *
 * @param size how many credentials
 */
public record SyntheticLog(int size) {

  /** The lot of all of them. */
  public static final String LOT = "synthetic-lot";

  private static final String SITE = "synthetic";
  private static final String TENANT = "default";
  private static final String DEVICE = "synthetic-";
  private static final String ORDER = "synthetic-order";
  private static final String MODEL = "synthetic-model";
  private static final String PROFILE = "idevid";
  private static final int PROGRESS_ROWS = 100_000;
  private static final int FLUSH_CHARS = 1 << 16;

  private static final Map<SelectorAttribute, String> SHARED =
      new TreeMap<>(
          Map.of(
              SelectorAttribute.LOT, LOT,
              SelectorAttribute.ORDER, ORDER,
              SelectorAttribute.MODEL, MODEL,
              SelectorAttribute.PROFILE, PROFILE,
              SelectorAttribute.SITE, SITE));

  /** The device at that index. */
  public static String device(int index) {
    return DEVICE + index;
  }

  /** The fingerprint at that index. */
  public static Sha256 fingerprint(int index) {
    return Sha256.of(device(index).getBytes(StandardCharsets.US_ASCII));
  }

  /** The bundle of the site whose log this is, from a ceremony whose keys are forgotten. */
  static String siteBundle(URI base) {
    CeremonyPlan plan =
        CeremonyPlan.of(
            Map.of(
                "site",
                SITE,
                "tenant",
                TENANT,
                "base",
                base.toString(),
                "log",
                "bench.invalid/synthetic",
                "root",
                Map.of("name", "CN=Synthetic root", "key", "P-256"),
                "issuer",
                Map.of("name", "CN=Synthetic issuer", "key", "P-256")));
    return new Ceremony(Providers.detect(), new SecureRandom(), InstantSource.system())
        .hold(plan, (role, key, chain) -> {})
        .sealedBundle();
  }

  /** Loads the rows through COPY, the secondary indexes made afterwards. */
  static SyntheticLog load(int postgresPort, Path identity, int size, Consumer<String> progress) {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + postgresPort + "/identity",
            "identity",
            Files.readString(identity.resolve("db.password")).strip())) {
      connection.setAutoCommit(false);
      TagKey tags =
          new TagKey(
              Base64.getMimeDecoder()
                  .decode(Files.readString(identity.resolve("tag.key")).strip()));
      new Loading(connection, tags, size, progress).run();
      connection.commit();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("ANALYZE credential");
      }
      return new SyntheticLog(size);
    } catch (IOException | SQLException e) {
      throw new BedException("cannot load the synthetic credentials", e);
    }
  }

  private record Loading(Connection connection, TagKey tags, int size, Consumer<String> progress) {

    void run() throws SQLException {
      LogId log = log();
      int facts = facts();
      List<String> indexes = dropIndexes();
      byte[] leaves = copy(log, facts);
      progress.accept("indexing the synthetic credentials");
      for (String index : indexes) {
        execute(index);
      }
      for (Map.Entry<SelectorAttribute, String> shared : SHARED.entrySet()) {
        execute(
            "INSERT INTO membership (tenant, attribute, value, log_id, bitmap)"
                + " VALUES (?, ?, ?, ?, ?)",
            TENANT,
            shared.getKey().text(),
            shared.getValue(),
            log.value(),
            Members.range(log, 0, size).encode(log));
      }
      RightEdge edge = RightEdge.empty().append(leaves).after();
      execute(
          "UPDATE log SET size = ?, edge = ?, root = ? WHERE id = ?",
          (long) size,
          edge.encode(),
          edge.root().bytes(),
          log.value());
    }

    private LogId log() throws SQLException {
      try (PreparedStatement query =
          connection.prepareStatement("SELECT id FROM log WHERE tenant = ? AND site = ?")) {
        query.setString(1, TENANT);
        query.setString(2, SITE);
        ResultSet row = query.executeQuery();
        if (!row.next()) {
          throw new BedException("the synthetic site has no log");
        }
        return new LogId(row.getLong(1));
      }
    }

    private int facts() throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO facts (tenant, site, order_id, lot, model, hardware_revision, profile,"
                  + " station) VALUES (?, ?, ?, ?, ?, '', ?, '') RETURNING id")) {
        String[] values = {TENANT, SITE, ORDER, LOT, MODEL, PROFILE};
        for (int i = 0; i < values.length; i++) {
          insert.setString(i + 1, values[i]);
        }
        ResultSet row = insert.executeQuery();
        row.next();
        return row.getInt(1);
      }
    }

    /** Drops what would be kept up row by row; returns the statements that make it again. */
    private List<String> dropIndexes() throws SQLException {
      List<String> definitions = new ArrayList<>();
      try (Statement statement = connection.createStatement()) {
        List<String> names = new ArrayList<>();
        ResultSet rows =
            statement.executeQuery(
                "SELECT indexname, indexdef FROM pg_indexes"
                    + " WHERE schemaname = current_schema() AND tablename = 'credential'"
                    + " AND indexname NOT LIKE '%pkey'");
        while (rows.next()) {
          names.add(rows.getString(1));
          definitions.add(rows.getString(2));
        }
        for (String name : names) {
          statement.execute("DROP INDEX " + name);
        }
      }
      return definitions;
    }

    private byte[] copy(LogId log, int facts) throws SQLException {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY credential (log_id, log_index, tenant, device_canonical, device, serial,"
                      + " fingerprint, key_hash, tag, facts, not_before, not_after, issued_at)"
                      + " FROM STDIN");
      byte[] leaves = new byte[size * Sha256.LENGTH];
      Instant from = Instant.now().minusSeconds(3600);
      StringBuilder rows = new StringBuilder(FLUSH_CHARS + 1024);
      for (int index = 0; index < size; index++) {
        Sha256 fingerprint = fingerprint(index);
        System.arraycopy(fingerprint.bytes(), 0, leaves, index * Sha256.LENGTH, Sha256.LENGTH);
        String serial = CertificateSerial.of(log.serialBits(), index, index).hex();
        String[] columns = {
          Long.toString(log.value()),
          Integer.toString(index),
          TENANT,
          device(index),
          device(index),
          "\\\\x" + serial,
          "\\\\x" + fingerprint.hex(),
          "\\\\x" + Sha256.of(fingerprint.bytes()).hex(),
          Integer.toString(tags.tag(fingerprint)),
          Integer.toString(facts),
          from.toString(),
          "9999-12-31T23:59:59Z",
          from.toString()
        };
        rows.append(String.join("\t", columns)).append('\n');
        if (rows.length() >= FLUSH_CHARS || index == size - 1) {
          byte[] octets = rows.toString().getBytes(StandardCharsets.US_ASCII);
          copy.writeToCopy(octets, 0, octets.length);
          rows.setLength(0);
        }
        if (index % PROGRESS_ROWS == 0) {
          progress.accept("loading synthetic credentials: %,d of %,d".formatted(index, size));
        }
      }
      copy.endCopy();
      return leaves;
    }

    private void execute(String sql, Object... parameters) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        statement.execute();
      }
    }
  }
}
