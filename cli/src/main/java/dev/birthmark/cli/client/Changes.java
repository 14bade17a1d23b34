package dev.birthmark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Changes of trust, as a security officer asks for them, and decisions about devices. */
public final class Changes {

  private final ServiceClient identity;

  public Changes(ServiceClient identity) {
    this.identity = identity;
  }

  /**
   * Makes one change of trust, whatever the number of its members. It is in force at the service
   * before this returns.
   *
   * @param kind {@code revoke}, {@code suspend} or {@code restore}
   * @param reason a reason's word, or empty for the service's default
   * @param selector what it concerns, for example {@code {"lot":"2026-W48"}}
   * @param key the same key again gets the same change, not a second one
   */
  public ServiceClient.Answer make(String kind, String reason, ObjectNode selector, String key) {
    ObjectNode change = JsonNodeFactory.instance.objectNode().put("kind", kind);
    if (!reason.isEmpty()) {
      change.put("reason", reason);
    }
    change.set("selector", selector);
    return identity.post("/v1/changes", change, Map.of("Idempotency-Key", key), Role.SECURITY);
  }

  /** Who has applied a change, and when. */
  public JsonNode reach(String position) {
    return identity.get("/v1/changes/" + PathText.encode(position) + "/reach", Role.SECURITY);
  }

  /** Asks whether a device may connect that presents this certificate (PEM). */
  public JsonNode decide(String certificatePem) {
    return decide(JsonNodeFactory.instance.objectNode().put("certificate", certificatePem));
  }

  /** Asks whether a device may connect. */
  public JsonNode decide(ObjectNode question) {
    return identity.post("/v1/decisions", question, Role.BACKEND).body();
  }
}
