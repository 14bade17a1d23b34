package dev.birthmark.identity.revocation;

/**
 * What happens inside one transaction. It may run again from the start, so it keeps no effects of
 * its own outside the transaction until it has returned and the store has committed.
 *
 * @param <X> what the transaction offers
 * @param <T> what comes out of it
 */
@FunctionalInterface
public interface Script<X, T> {
  /** Runs in the transaction; whatever it throws rolls the transaction back. */
  T run(X transaction);
}
