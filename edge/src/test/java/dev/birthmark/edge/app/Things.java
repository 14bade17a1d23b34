package dev.birthmark.edge.app;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.bearer.PinnedPeers;
import dev.birthmark.edge.ndjson.LineProblem;
import dev.birthmark.edge.ndjson.NdjsonLimits;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import dev.birthmark.edge.ndjson.Row;
import dev.birthmark.edge.postgres.Transactions;
import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.FailureTranslation;
import dev.birthmark.edge.problem.Problem;
import dev.birthmark.edge.problem.ProblemKind;
import io.agroal.api.AgroalDataSource;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.Router;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The service's resources, its stream, and what it adds to the edge. */
@Path("/")
@ApplicationScoped
public class Things {

  /** Lines that reached the service, whoever read the answers. */
  public static final AtomicLong SEEN = new AtomicLong();

  public record Thing(String name, int count) {
    public Thing {
      if (name == null || name.isEmpty()) {
        throw new IllegalArgumentException("a thing has a name");
      }
    }
  }

  public record Echo(long line, String name, String party, String padding) {}

  enum Kind implements ProblemKind {
    TAKEN;

    @Override
    public String reason() {
      return "taken";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "Somebody was faster";
    }

    @Override
    public String nextStep() {
      return "Choose another.";
    }
  }

  @Inject SecurityIdentity identity;
  @Inject AgroalDataSource database;

  @GET
  @Path("whoami")
  @Produces(MediaType.APPLICATION_JSON)
  public Caller whoami() {
    return Caller.of(identity);
  }

  @POST
  @Path("things")
  @RolesAllowed("factory")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Thing add(Thing thing) {
    if (thing.name().equals("taken")) {
      throw Problem.of(Kind.TAKEN, "The name is in use.").with("owner", "somebody").exception();
    }
    return thing;
  }

  @GET
  @Path("open")
  public String open() {
    return "open";
  }

  @GET
  @Path("fail/bug")
  public String bug() {
    throw new IllegalStateException("a secret of ours");
  }

  @GET
  @Path("fail/domain")
  public String domain() {
    throw new UnsupportedOperationException("known to the service's translation");
  }

  @GET
  @Path("fail/slow-transaction")
  public String slowTransaction() {
    return new Transactions(database)
        .write(connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(10)");
          }
          return "slept";
        });
  }

  @GET
  @Path("settings")
  public String settings() {
    return new Transactions(database)
        .read(connection -> {
          try (var rows = connection.createStatement().executeQuery("SHOW transaction_timeout")) {
            rows.next();
            return rows.getString(1);
          }
        });
  }

  void routes(@Observes Router router, NdjsonRoutes ndjson) {
    var limits = new NdjsonLimits(1_000, 20, 3, Duration.ofSeconds(1));
    ndjson.mount(router, "/echo", Thing.class, limits, Things::echo);
  }

  private static List<?> echo(Caller caller, List<Row<Thing>> rows) {
    var answers = new ArrayList<Object>();
    for (var row : rows) {
      SEEN.incrementAndGet();
      switch (row.value().name()) {
        case "refused" ->
            answers.add(new LineProblem(row.line(), Problem.of(CommonProblem.MALFORMED, "no")));
        case "explodes" -> throw new IllegalStateException("boom");
        default ->
            answers.add(
                new Echo(
                    row.line(),
                    row.value().name(),
                    caller.party(),
                    "x".repeat(row.value().count())));
      }
    }
    return answers;
  }

  @ApplicationScoped
  static class Translation implements FailureTranslation {
    @Override
    public Optional<Problem> translate(Throwable failure) {
      return failure instanceof UnsupportedOperationException
          ? Optional.of(Problem.of(Kind.TAKEN, "translated"))
          : Optional.empty();
    }
  }

  @ApplicationScoped
  static class Peers implements PinnedPeers {
    @Override
    public Optional<Caller> holder(X509Certificate certificate) {
      return certificate.getPublicKey().equals(Surroundings.PEER_KEY.getPublic())
          ? Optional.of(
              new Caller(
                  "default", "peer", "peer", "peer", new TreeSet<>(List.of("site")), Instant.EPOCH))
          : Optional.empty();
    }
  }
}
