package dev.birthmark.enrollment.server.rest;

import dev.birthmark.edge.problem.CommonProblem;
import dev.birthmark.edge.problem.ListedProblem;
import dev.birthmark.edge.problem.ProblemKind;
import java.util.Arrays;
import java.util.stream.Stream;

/** The problems that only this service has; {@code docs/problems.md} lists them. */
enum EnrollmentProblem implements ListedProblem {
  ORDER_INVALID(
      "order-invalid", 400, "That is no order", "Correct the member that the detail names."),
  PROFILE_UNKNOWN(
      "profile-unknown", 400, "The site has no such profile", "Name one of the site's profiles."),
  ORDER_EXISTS(
      "order-exists",
      409,
      "There is an order with this id and another content",
      "Choose another id; a quantity never changes, more is a new order."),
  ORDER_UNKNOWN(
      "order-unknown", 404, "There is no such order", "Open the order first, or correct its id."),
  ENROLLMENT_UNKNOWN(
      "enrollment-unknown", 404, "The device is not enrolled here", "Check the device id."),
  DEVICE_ID("device-id", 400, "The device id is not one", "Use 1 to 64 of A-Z a-z 0-9 . : -"),
  PROOF_OF_POSSESSION(
      "proof-of-possession",
      400,
      "The request does not prove possession of its key",
      "Sign the request with the device's own key."),
  REQUEST_TOO_LARGE(
      "request-too-large", 413, "The request is too large", "Send exactly one request."),
  REQUEST_MALFORMED(
      "request-malformed",
      400,
      "The certification request cannot be read",
      "Send one PKCS#10 request as PEM, or its DER in base64."),
  PRIVATE_KEY_IN_REQUEST(
      "private-key-in-request",
      400,
      "A private key was sent",
      "Make a new key: this one is known to others now and is blocked."),
  REQUEST_SIGNATURE_ALGORITHM(
      "request-signature-algorithm",
      400,
      "The request's signature algorithm is not accepted",
      "Sign with SHA-256 or better."),
  KEY_ENCODING(
      "key-encoding",
      400,
      "The public key is not in its one encoding",
      "Encode the key as RFC 5480, RFC 3279 or RFC 8410 say: named curve, uncompressed point."),
  KEY_INVALID("key-invalid", 400, "The public key is none", "Make a new key."),
  KEY_ALGORITHM(
      "key-algorithm",
      400,
      "Keys of this kind are not taken",
      "Use P-256, P-384, Ed25519, RSA or ML-DSA."),
  KEY_SIZE(
      "key-size", 400, "The key has a size that is not taken", "Use RSA of 2,048 to 8,192 bits."),
  KEY_WEAK(
      "key-weak",
      400,
      "The private half of this key can be computed",
      "Make a new key with a sound generator."),
  KEY_BLOCKED("key-blocked", 400, "This key is blocked", "Make a new key."),
  QUOTA_EXHAUSTED(
      "quota-exhausted",
      409,
      "The order's quantity is used up",
      "Open a new order for more devices."),
  DEVICE_ENROLLED(
      "device-enrolled",
      409,
      "The device is enrolled with another key",
      "Use the key that it was enrolled with, or another device id."),
  KEY_IN_USE(
      "key-in-use",
      409,
      "The key belongs to another device",
      "Make a key of its own for this device."),
  PROFILE_KEY(
      "profile-key", 400, "The order's profile takes no keys of this kind", "Use another key."),
  RECALLED(
      "recalled",
      409,
      "What the device belongs to was recalled",
      "Ask the security team; nothing is issued while the recall is in force."),
  ISSUANCE_FAILED(
      "issuance-failed", 500, "The certificate could not be made", "Report the request id."),
  SITE_NOT_REGISTERED(
      "site-not-registered",
      503,
      "The identity service does not know the site yet",
      "Register the site: birthmark site add."),
  SITE_RECOVERING(
      "site-recovering",
      503,
      "The site is getting back what its database lost",
      "Wait, then let it open its next log: birthmark site reopen."),
  SITE_HALTED(
      "site-halted",
      503,
      "The site's log contradicts the identity service's copy",
      "Find out whether a second copy of the site runs; nothing is issued until then."),
  CLOCK("clock", 503, "The site's clock is wrong", "Set the clock of the site.");

  private final Words words;

  EnrollmentProblem(String reason, int status, String title, String nextStep) {
    this.words = new Words(reason, status, title, nextStep);
  }

  /** The problem that a refusal's word stands for. */
  static ProblemKind of(String reason) {
    return Stream.concat(Arrays.stream(values()), Stream.of(CommonProblem.MALFORMED))
        .filter(problem -> problem.reason().equals(reason))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no problem is called " + reason));
  }

  @Override
  public Words words() {
    return words;
  }

  @Override
  public int retryAfterSeconds() {
    return status() == 503 ? 5 : 0;
  }
}
