package dev.birthmark.credential.log;

import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import java.util.Optional;

/** The DER of an {@link Entry}. All context tags are explicit. */
final class EntryCodec {
  private static final long VERSION = 1;
  private static final int ORDER = 0;
  private static final int RENEWS = 1;
  private static final int AUTHORIZATION = 0;

  private EntryCodec() {}

  static byte[] encode(Entry entry) {
    DerRecord fields =
        new DerRecord().integer(VERSION).octets(entry.certificate().bytes()).text(entry.tenant());
    switch (entry.warrant()) {
      case Warrant.Order order -> fields.tagged(ORDER, new DerRecord().sequence(encode(order)));
      case Warrant.Renewal(Place place) ->
          fields.tagged(
              RENEWS,
              new DerRecord()
                  .sequence(new DerRecord().octets(place.log().bytes()).integer(place.index())));
      case Warrant.None() -> {}
    }
    byte[] der =
        fields
            .text(entry.model())
            .text(entry.hardwareRevision())
            .text(entry.lot())
            .text(entry.profile())
            .text(entry.party())
            .text(entry.station())
            .time(entry.issuedAt())
            .integer(entry.feedIncarnation())
            .integer(entry.feedNumber())
            .encode();
    if (der.length > Entry.MAX_LENGTH) {
      throw new IllegalArgumentException("an entry of " + der.length + " octets");
    }
    return der;
  }

  private static DerRecord encode(Warrant.Order order) {
    DerRecord fields =
        new DerRecord().text(order.id()).integer(order.quantity()).text(order.openedBy());
    order
        .authorization()
        .ifPresent(octets -> fields.tagged(AUTHORIZATION, new DerRecord().octets(octets.bytes())));
    return fields;
  }

  static Entry parse(byte[] der) throws MalformedException, UnknownVersionException {
    DerFields fields = DerFields.read("entry", der, Entry.MAX_LENGTH);
    long version = fields.integer("version", Long.MAX_VALUE);
    if (version != VERSION) {
      throw new UnknownVersionException("entry", version);
    }
    try {
      Entry entry =
          new Entry(
              new Octets(fields.octets("certificate", 1, Entry.MAX_CERTIFICATE)),
              fields.text("tenant", Entry.MAX_TEXT),
              warrant(fields),
              fields.text("model", Entry.MAX_TEXT),
              fields.text("hardwareRevision", Entry.MAX_TEXT),
              fields.text("lot", Entry.MAX_TEXT),
              fields.text("profile", Entry.MAX_TEXT),
              fields.text("party", Entry.MAX_TEXT),
              fields.text("station", Entry.MAX_TEXT),
              fields.time("issuedAt"),
              fields.integer("feedIncarnation", Long.MAX_VALUE),
              fields.integer("feedNumber", Long.MAX_VALUE));
      fields.end();
      return entry;
    } catch (IllegalArgumentException e) {
      throw new MalformedException("entry", String.valueOf(e.getMessage()));
    }
  }

  private static Warrant warrant(DerFields fields) throws MalformedException {
    Optional<DerFields> order = fields.tagged("order", ORDER);
    if (order.isPresent()) {
      return order(order.get().sequence("order"));
    }
    Optional<DerFields> renews = fields.tagged("renews", RENEWS);
    if (renews.isPresent()) {
      DerFields place = renews.get().sequence("renews");
      LogId log = LogId.fromBytes(place.octets("renews.logId", 8, 8));
      long index = place.integer("renews.index", Place.MAX_INDEX);
      place.end();
      return new Warrant.Renewal(new Place(log, index));
    }
    return new Warrant.None();
  }

  private static Warrant order(DerFields fields) throws MalformedException {
    String id = fields.text("order.id", Entry.MAX_TEXT);
    long quantity = fields.integer("order.quantity", MerkleTree.MAX_SIZE);
    String openedBy = fields.text("order.openedBy", Entry.MAX_TEXT);
    Optional<Octets> authorization = Optional.empty();
    Optional<DerFields> tagged = fields.tagged("order.authorization", AUTHORIZATION);
    if (tagged.isPresent()) {
      authorization =
          Optional.of(
              new Octets(
                  tagged.get().octets("order.authorization", 1, Warrant.Order.MAX_AUTHORIZATION)));
    }
    fields.end();
    return new Warrant.Order(id, quantity, openedBy, authorization);
  }
}
