package dev.birthmark.enrollment.registration;

/**
 * How often one order's enrollments were refused for one reason.
 *
 * @param order the order's id
 * @param reason the stable word
 * @param count how often, at least 1
 */
public record Refusals(String order, String reason, int count) {
  /** Refuses a count of nothing. */
  public Refusals {
    if (count < 1) {
      throw new IllegalArgumentException("nothing was refused");
    }
  }
}
