package dev.birthmark.credential.feed;

import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The DER of a {@link Change}. Its context tag is explicit. */
final class ChangeCodec {
  private static final long VERSION = 1;
  private static final int CAUSE = 0;

  private ChangeCodec() {}

  static byte[] encode(Change change) {
    DerRecord fields =
        new DerRecord()
            .integer(VERSION)
            .text(change.tenant())
            .integer(change.position().incarnation())
            .integer(change.position().number())
            .octets(change.previous().bytes())
            .time(change.at())
            .enumerated(change.kind().number())
            .enumerated(change.reason().number())
            .octets(change.request().bytes());
    change
        .cause()
        .ifPresent(cause ->
            fields.tagged(
                CAUSE,
                new DerRecord()
                    .sequence(
                        new DerRecord().integer(cause.incarnation()).integer(cause.number()))));
    List<DerRecord> members = new ArrayList<>();
    for (LogId log : change.members().logs()) {
      members.add(new DerRecord().octets(log.bytes()).octets(change.members().encode(log)));
    }
    byte[] der = fields.text(change.selector().text()).sequences(members).encode();
    if (der.length > EncodedChange.MAX_LENGTH) {
      throw new IllegalArgumentException("a change of " + der.length + " octets");
    }
    return der;
  }

  static Change parse(byte[] der) throws MalformedException, UnknownVersionException {
    DerFields fields = DerFields.read("change", der, EncodedChange.MAX_LENGTH);
    long version = fields.integer("version", Long.MAX_VALUE);
    if (version != VERSION) {
      throw new UnknownVersionException("change", version);
    }
    try {
      Change change =
          new Change(
              fields.text("tenant", Change.MAX_TENANT),
              position(fields),
              hash(fields, "previous"),
              fields.time("at"),
              ChangeKind.fromNumber(fields.enumerated("kind")),
              Reason.fromNumber(fields.enumerated("reason")),
              hash(fields, "request"),
              cause(fields),
              Selector.parse(fields.text("selector", Selector.MAX_LENGTH)),
              members(fields));
      fields.end();
      return change;
    } catch (IllegalArgumentException e) {
      throw new MalformedException("change", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Position> cause(DerFields fields) throws MalformedException {
    Optional<DerFields> tagged = fields.tagged("cause", CAUSE);
    if (tagged.isEmpty()) {
      return Optional.empty();
    }
    DerFields cause = tagged.get().sequence("cause");
    Position position = position(cause);
    cause.end();
    return Optional.of(position);
  }

  private static Members members(DerFields fields) throws MalformedException {
    List<Members> sets = new ArrayList<>();
    Optional<LogId> last = Optional.empty();
    for (DerFields member : fields.sequences("members", Members.MAX_LOGS)) {
      LogId log = LogId.fromBytes(member.octets("members.logId", 8, 8));
      if (last.isPresent() && last.get().compareTo(log) >= 0) {
        throw new MalformedException("members", "logs not in their order");
      }
      Members set = Members.decode(log, member.octets("members.bitmap", 1, Integer.MAX_VALUE));
      if (set.isEmpty()) {
        throw new MalformedException("members", "a log without members");
      }
      member.end();
      sets.add(set);
      last = Optional.of(log);
    }
    return Members.unionOf(sets);
  }

  private static Position position(DerFields fields) throws MalformedException {
    return new Position(
        fields.integer("incarnation", Long.MAX_VALUE), fields.integer("number", Long.MAX_VALUE));
  }

  private static Sha256 hash(DerFields fields, String part) throws MalformedException {
    return new Sha256(fields.octets(part, Sha256.LENGTH, Sha256.LENGTH));
  }
}
