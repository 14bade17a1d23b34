package dev.birthmark.edge.problem;

import java.util.Optional;

/**
 * What a service adds to the translation of failures: a bean that knows the exceptions of its
 * domain. Asked before the common rules.
 */
public interface FailureTranslation {

  /** The problem that this failure is to the caller, or empty if this bean does not know it. */
  Optional<Problem> translate(Throwable failure);
}
