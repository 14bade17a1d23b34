package dev.birthmark.identity.server.rest;

import dev.birthmark.identity.revocation.RecordedChange;
import java.time.Instant;

/** How a change that was made is answered. */
record ChangeView(
    String position,
    long incarnation,
    long number,
    String kind,
    String reason,
    long members,
    Instant at,
    String hash) {

  static ChangeView of(RecordedChange recorded) {
    var change = recorded.encoded().change();
    return new ChangeView(
        recorded.position().toString(),
        recorded.position().incarnation(),
        recorded.position().number(),
        recorded.kind().text(),
        change.reason().text(),
        recorded.members(),
        change.at(),
        recorded.encoded().hash().hex());
  }
}
