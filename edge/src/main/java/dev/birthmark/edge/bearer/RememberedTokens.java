package dev.birthmark.edge.bearer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tokens that were verified, by the SHA-256 of their header, until they expire. Verifying costs two
 * to three times what the rest of a small request costs. Bounded; a token that was pushed out is
 * verified again.
 */
@ApplicationScoped
public class RememberedTokens {

  private static final int MOST = 10_000;

  private record Remembered(Caller caller, SecurityIdentity identity, Instant until) {}

  private final Cache<ByteBuffer, Remembered> tokens =
      Caffeine.newBuilder().maximumSize(MOST).build();
  private final InstantSource clock = InstantSource.system();

  Optional<SecurityIdentity> identity(String header) {
    var key = hash(header);
    var remembered = tokens.getIfPresent(key);
    if (remembered == null) {
      return Optional.empty();
    }
    if (!clock.instant().isBefore(remembered.until())) {
      tokens.invalidate(key);
      return Optional.empty();
    }
    return Optional.of(remembered.identity());
  }

  void remember(String header, Caller caller, SecurityIdentity identity, Instant until) {
    tokens.put(hash(header), new Remembered(caller, identity, until));
  }

  /** Forgets every token of a party, so that its next request is verified from scratch. */
  public void forget(String tenant, String party) {
    tokens
        .asMap()
        .values()
        .removeIf(token ->
            token.caller().tenant().equals(tenant) && token.caller().party().equals(party));
  }

  /** Forgets all, after a change of keys. */
  public void forgetAll() {
    tokens.invalidateAll();
  }

  private static ByteBuffer hash(String header) {
    try {
      var octets = header.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
