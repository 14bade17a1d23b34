package dev.birthmark.enrollment.server.issuing;

import dev.birthmark.enrollment.issuance.Enrollment;
import java.util.List;

/** What became of one request to enroll a device, wherever it came in. */
public sealed interface EnrollmentOutcome {

  /**
   * The device has its certificate.
   *
   * @param anew whether it was issued now; false if this request found what an earlier one got
   * @param ignored what else the certification request asked for, without effect
   */
  record Enrolled(Enrollment enrollment, boolean anew, List<String> ignored)
      implements EnrollmentOutcome {
    public Enrolled {
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * It gets none.
   *
   * @param reason the stable word
   * @param part of the request that is at fault; empty if it is none of them
   * @param detail for the caller; repeats nothing of the request
   */
  record Refused(String reason, String part, String detail) implements EnrollmentOutcome {}
}
