package dev.birthmark.edge.ndjson;

import dev.birthmark.edge.bearer.Caller;
import java.util.List;

/**
 * Answers some lines of a stream. Called on a virtual thread, so it may block; several calls for
 * one stream may run at the same time, their answers are put in order.
 */
@FunctionalInterface
public interface RowHandler<T> {

  /**
   * One answer for each row, in the same order: values that the JSON mapper writes as objects with
   * the member {@code line}, or {@link LineProblem}s. What is thrown becomes the answer of every
   * row given.
   *
   * @param rows at least one, at most {@link NdjsonLimits#batch()}
   */
  List<?> answer(Caller caller, List<Row<T>> rows) throws Exception;
}
