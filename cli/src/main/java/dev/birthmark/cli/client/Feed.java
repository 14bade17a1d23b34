package dev.birthmark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The status feed, as one named consumer follows it. */
public final class Feed {

  private final ServiceClient identity;
  private final String consumer;

  /**
   * The feed for that consumer.
   *
   * @param consumer its name: by it the platform says who has seen what
   */
  public Feed(ServiceClient identity, String consumer) {
    this.identity = identity;
    this.consumer = consumer;
  }

  /** Makes the consumer known; from then on the platform waits for its acknowledgements. */
  public JsonNode register() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", consumer);
    body.putArray("versions").add(1);
    return identity.post("/v1/consumers", body, Role.SECURITY).body();
  }

  /**
   * The changes after a position, in their order; to be closed.
   *
   * @param position empty for the beginning
   * @param wait whether the stream goes on when all that is there has been read
   */
  public Stream<JsonNode> after(String position, boolean wait) {
    String query =
        (position.isEmpty() ? "" : "after=" + PathText.encode(position) + "&") + "wait=" + wait;
    return identity.follow("/v1/changes?" + query, Role.SECURITY);
  }

  /** Says that a change has been applied, and proves that it was received. */
  public void acknowledge(JsonNode change) {
    identity.post(
        "/v1/consumers/" + PathText.encode(consumer) + "/acknowledgements",
        JsonNodeFactory.instance
            .objectNode()
            .put("position", change.path("position").asText())
            .put("proof", proof(Base64.getDecoder().decode(change.path("der").asText()))),
        Role.SECURITY);
  }

  /** SHA-256 of the consumer's name, a zero and the change: only who was sent it can tell. */
  private String proof(byte[] der) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(consumer.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
