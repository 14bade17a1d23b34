package dev.birthmark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Registration of sites with the identity service, as an administrator does it. */
public final class Sites {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 25;

  private final ServiceClient identity;

  public Sites(ServiceClient identity) {
    this.identity = identity;
  }

  /**
   * Registers a site.
   *
   * @param siteBundle PEM, as the ceremony wrote it
   * @return the identity bundle that the site needs; PEM
   */
  public String add(String siteBundle) {
    return identity.postText("/v1/sites", "application/x-pem-file", siteBundle, Role.ADMIN);
  }

  /** The sites of the tenant. */
  public JsonNode list() {
    return identity.get("/v1/sites", Role.ADMIN);
  }

  /** Closes the log of a site that was put back, and lets it open its next. */
  public JsonNode reopen(String site) {
    return identity
        .post(
            "/v1/sites/" + PathText.encode(site) + "/reopen",
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(),
            Role.ADMIN)
        .body();
  }

  /** Waits until the site has read its identity bundle and issues. */
  public static JsonNode awaitOpen(ServiceClient enrollment) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode site = enrollment.get("/v1/site", Role.FACTORY);
    while (!site.path("state").asText().equals("open")) {
      if (System.nanoTime() - deadline >= 0) {
        throw new UnavailableException(
            "the site does not open: its state is "
                + site.path("state").asText()
                + site.path("reason").asText("")
                + "; see birthmark status");
      }
      pause();
      site = enrollment.get("/v1/site", Role.FACTORY);
    }
    return site;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }
}
