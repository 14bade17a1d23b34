package dev.birthmark.identity.server.rest;

import dev.birthmark.edge.bearer.Caller;
import dev.birthmark.edge.ndjson.LineProblem;
import dev.birthmark.edge.ndjson.NdjsonLimits;
import dev.birthmark.edge.ndjson.NdjsonRoutes;
import dev.birthmark.edge.ndjson.Row;
import dev.birthmark.edge.problem.ProblemException;
import dev.birthmark.identity.authentication.FingerprintResolver;
import dev.birthmark.identity.authentication.Presented;
import dev.birthmark.identity.server.deciding.Decisions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code POST /v1/decisions/batch}: a question a line, a decision a line, in the same order. */
@Singleton
final class DecisionBatchRoute {

  private final Decisions decisions;
  private final FingerprintResolver fingerprints;

  DecisionBatchRoute(Decisions decisions, FingerprintResolver fingerprints) {
    this.decisions = decisions;
    this.fingerprints = fingerprints;
  }

  void routes(@Observes Router router, NdjsonRoutes ndjson) {
    ndjson.mount(router, "/v1/decisions/batch", Question.class, NdjsonLimits.DEFAULT, this::answer);
  }

  private List<?> answer(Caller caller, List<Row<Question>> rows) {
    return rows.stream().map(row -> answer(caller, row)).toList();
  }

  /** A question that is none answers for itself. */
  private Object answer(Caller caller, Row<Question> row) {
    Question question = row.value();
    try {
      Presented presented =
          question
              .presentedChain()
              .<Presented>map(chain -> chain)
              .orElseGet(() -> fingerprints.resolve(question.presentedFingerprint()));
      return DecisionView.of(
          decisions.decide(caller.tenant(), presented, question.facts()), row.line());
    } catch (ProblemException e) {
      return new LineProblem(row.line(), e.problem());
    }
  }
}
