package dev.birthmark.enrollment.registration;

/**
 * What a caller asks for when it opens an order, not checked yet.
 *
 * @param id the caller's own
 * @param model of the devices
 * @param hardwareRevision of the devices; empty is none, as for the lot
 * @param lot of the devices
 * @param profile by name; empty is the site's default
 * @param quantity how many
 */
public record OrderRequest(
    String id, String model, String hardwareRevision, String lot, String profile, long quantity) {}
