package dev.birthmark.enrollment.issuance;

/** Where the random part of certificate serials comes from. */
@FunctionalInterface
public interface SerialRandomness {
  /** 64 bits from a cryptographically secure generator. */
  long next64();
}
