package dev.birthmark.enrollment.uplink;

import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.feed.Position;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Someone in the identity service's place who has not its cosigner's key. */
record UncosignedIdentity(FakeIdentity genuine) implements IdentityUplink {

  @Override
  public PushAnswer push(LogId log, long from, String checkpoint, List<Octets> entries) {
    return switch (genuine.push(log, from, checkpoint, entries)) {
      case PushAnswer.Accepted accepted ->
          new PushAnswer.Accepted(accepted.size(), checkpoint, accepted.time());
      case PushAnswer.SizeDiffers differs -> differs;
      case PushAnswer.Refused refused -> refused;
    };
  }

  @Override
  public Optional<MirroredLog> log(LogId log) {
    return genuine.log(log);
  }

  @Override
  public Optional<String> checkpoint(LogId log) {
    return Optional.empty();
  }

  @Override
  public List<Octets> entries(LogId log, long from) {
    return genuine.entries(log, from);
  }

  @Override
  public List<FeedItem> changes(Position after) {
    return genuine.changes(after);
  }

  @Override
  public Instant follow(String consumer) {
    return genuine.follow(consumer);
  }

  @Override
  public void acknowledge(String consumer, Position position, Sha256 proof) {
    genuine.acknowledge(consumer, position, proof);
  }
}
