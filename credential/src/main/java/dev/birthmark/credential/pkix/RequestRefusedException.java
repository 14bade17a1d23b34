package dev.birthmark.credential.pkix;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Octets that are not taken as a certification request; says which part and why. */
public final class RequestRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RequestRefusal reason;
  private final String part;
  private final String detail;
  private final transient @Nullable SubjectPublicKey exposedKey;

  /**
   * A refusal whose part is in the words of RFC 2986 and whose detail repeats no octet received.
   */
  public RequestRefusedException(RequestRefusal reason, String part, String detail) {
    this(reason, part, detail, null);
  }

  RequestRefusedException(
      RequestRefusal reason, String part, String detail, @Nullable SubjectPublicKey exposedKey) {
    super(part + ": " + detail);
    this.reason = reason;
    this.part = part;
    this.detail = detail;
    this.exposedKey = exposedKey;
  }

  /** Why, for machines. */
  public RequestRefusal reason() {
    return reason;
  }

  /** Which part of what was sent. */
  public String part() {
    return part;
  }

  /** Why, for people. */
  public String detail() {
    return detail;
  }

  /** The public half of a private key that was sent, so that it can be blocked. */
  public Optional<SubjectPublicKey> exposedKey() {
    return Optional.ofNullable(exposedKey);
  }
}
