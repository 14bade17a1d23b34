package dev.birthmark.bench.figure;

import java.util.List;

/** A figure that can be measured. */
public interface Figure {

  /** All, in the order in which they are measured. */
  List<Figure> ALL =
      List.of(
          new BatchIssuance(),
          new SingleIssuance(),
          new NewChainDecision(),
          new FullHandshake(),
          new FingerprintDecision(),
          Withdrawal.ofOne(),
          Withdrawal.ofLot());

  /** Its name, which scripts rely on. */
  String name();

  /** {@code ratio} or {@code ms}. */
  String unit();

  /** What it should be at least, or at most if {@link #lessIsBetter()}. */
  double reach();

  /** Whether the reach is an upper bound. */
  default boolean lessIsBetter() {
    return false;
  }

  /** How many synthetic credentials it needs in the registry. */
  default int credentials() {
    return 0;
  }

  /** Measures it. */
  Reading measure(Scene scene);
}
