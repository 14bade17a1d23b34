package dev.birthmark.enrollment.request;

/**
 * What a caller asks for when it enrolls a device, not checked yet.
 *
 * @param deviceId of the device
 * @param order that it is enrolled for
 * @param request the certification request (PKCS#10): PEM, or DER in base64
 * @param station the caller's own label; empty is none
 */
public record EnrollmentRequest(String deviceId, String order, String request, String station) {}
