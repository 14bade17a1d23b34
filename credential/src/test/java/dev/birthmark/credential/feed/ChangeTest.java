package dev.birthmark.credential.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Mutation;
import dev.birthmark.credential.log.Place;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.status.Members;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {
  private static final LogId A = new LogId(1);
  private static final LogId B = new LogId(-1);
  private static final Sha256 REQUEST = Sha256.of(new byte[] {1});
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Members TWO = Members.of(List.of(new Place(B, 7), new Place(A, 5)));
  private static final EncodedChange FIRST =
      EncodedChange.of(change(new Position(0, 1), Change.NO_PREVIOUS, Optional.empty(), TWO));

  @Test
  void readsWhatItWrote() throws Exception {
    EncodedChange read = EncodedChange.parse(FIRST.der());
    assertThat(read).isEqualTo(FIRST);
    assertThat(read.change()).isEqualTo(FIRST.change());
    Change followOn =
        change(new Position(0, 2), FIRST.hash(), Optional.of(new Position(0, 1)), Members.none());
    assertThat(EncodedChange.parse(EncodedChange.of(followOn).der()).change()).isEqualTo(followOn);
  }

  @Test
  void isWrittenToTheByte() {
    assertThat(HexFormat.of().formatHex(FIRST.der()))
        .isEqualTo(
            "3081be" // SEQUENCE
                + "020101" // version
                + "0c0764656661756c74" // tenant
                + "020100" // incarnation
                + "020101" // number
                + "0420"
                + "00".repeat(32) // previous
                + "180f32303236303130323033303430355a" // at
                + "0a0100" // kind: revoke
                + "0a0101" // reason: keyCompromise
                + "0420"
                + REQUEST.hex() // request
                + "0c0d7b226c6f74223a224c2d31227d" // selector
                + "3040" // members, in the order of logs
                + "301e"
                + "04080000000000000001"
                + "0412"
                + "3a3000000100000000000000100000000500"
                + "301e"
                + "0408ffffffffffffffff"
                + "0412"
                + "3a3000000100000000000000100000000700");
  }

  @Test
  void writesTheCauseInAnExplicitTag() {
    Change followOn =
        change(new Position(3, 2), FIRST.hash(), Optional.of(new Position(3, 1)), TWO);
    assertThat(HexFormat.of().formatHex(EncodedChange.of(followOn).der()))
        .contains(REQUEST.hex() + "a0083006020103020101" + "0c0d");
  }

  @Test
  void readsAReasonOfALaterVersionAsUnspecifiedAndKeepsTheHash() throws Exception {
    byte[] der = replaced(FIRST.der(), "0a0101", "0a017f");
    EncodedChange read = EncodedChange.parse(der);
    assertThat(read.change().reason()).isEqualTo(Reason.UNSPECIFIED);
    assertThat(read.hash()).isEqualTo(Sha256.of(der));
    assertThat(read.der()).isEqualTo(der);
  }

  @Test
  void refusesAnUnknownVersionByAnotherName() {
    byte[] alone = new DerRecord().integer(2).encode();
    assertThatThrownBy(() -> EncodedChange.parse(alone))
        .isInstanceOf(UnknownVersionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // number 0, an unknown kind, a negative one, a reason that is an INTEGER
        "0201010420>0201000420",
        "0a01000a01>0a01060a01",
        "0a01000a01>0a01ff0a01",
        "0a0101>020101",
        // a selector in another spelling
        "7b226c6f74223a224c2d31227d>7b226c6f74223a204c2d31227d",
        "7b226c6f74223a224c2d31227d>7b226c6f75223a224c2d31227d",
        "0c0d7b226c>160d7b226c",
        // a bitmap with another cookie, a log without members
        "3a30000001>3a30000002",
        // logs in the wrong order, the same log twice
        "04080000000000000001>0408fffffffffffffffe00",
        "0408ffffffffffffffff>04080000000000000001",
        "0408ffffffffffffffff>04080000000000000000",
        // an empty explicit tag where the cause stands
        "0c0d7b226c>a0007b226c",
      })
  void refusesEveryOtherSpelling(String replacement) {
    String[] parts = replacement.split(">");
    byte[] der = replaced(FIRST.der(), parts[0], parts[1]);
    assertThat(der).isNotEqualTo(FIRST.der());
    assertThatThrownBy(() -> EncodedChange.parse(der)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesOctetsAfterTheChange() {
    byte[] der = FIRST.der();
    assertThatThrownBy(() -> EncodedChange.parse(Arrays.copyOf(der, der.length + 2)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void throwsNothingElseOnAnyOctets() {
    Random random = new Random(2);
    byte[] der = FIRST.der();
    for (int i = 0; i < 50_000; i++) {
      byte[] mutant = Mutation.of(der, random);
      try {
        EncodedChange read = EncodedChange.parse(mutant);
        assertThat(read.hash()).isEqualTo(Sha256.of(mutant));
      } catch (MalformedException | UnknownVersionException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void chainsChangesByTheirHashes() {
    EncodedChange second =
        EncodedChange.of(change(new Position(0, 2), FIRST.hash(), Optional.empty(), TWO));
    assertThat(FIRST.isFirst()).isTrue();
    assertThat(second.isFirst()).isFalse();
    assertThat(second.follows(FIRST)).isTrue();
    assertThat(FIRST.follows(second)).isFalse();
    EncodedChange gap =
        EncodedChange.of(change(new Position(0, 3), FIRST.hash(), Optional.empty(), TWO));
    assertThat(gap.follows(FIRST)).isFalse();
    EncodedChange forked =
        EncodedChange.of(change(new Position(0, 2), REQUEST, Optional.empty(), TWO));
    assertThat(forked.follows(FIRST)).isFalse();
    EncodedChange restored =
        EncodedChange.of(change(new Position(9, 2), FIRST.hash(), Optional.empty(), TWO));
    assertThat(restored.follows(FIRST)).isTrue();
  }

  @Test
  void acknowledgesWithWhatOnlyAReceiverHas() {
    byte[] der = {1, 2, 3};
    byte[] input = "broker\0\1\2\3".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Acknowledgement.proof("broker", der)).isEqualTo(Sha256.of(input));
  }

  @Test
  void carriesAMillionAndFourHundredThousandMembersInOneSmallChange() throws Exception {
    Members lot = Members.range(A, 1_000, 1_401_000);
    EncodedChange change =
        EncodedChange.of(change(new Position(0, 1), Change.NO_PREVIOUS, Optional.empty(), lot));
    assertThat(change.der().length).isLessThan(1_000);
    assertThat(EncodedChange.parse(change.der()).change().members().cardinality())
        .isEqualTo(1_400_000);
  }

  @Test
  void hasNumbersAndWordsThatNobodyElseHas() throws Exception {
    for (Reason reason : Reason.values()) {
      assertThat(Reason.fromNumber(reason.number())).isEqualTo(reason);
      assertThat(Reason.fromText(reason.text())).isEqualTo(reason);
    }
    for (ChangeKind kind : ChangeKind.values()) {
      assertThat(ChangeKind.fromNumber(kind.number())).isEqualTo(kind);
      assertThat(ChangeKind.fromText(kind.text())).isEqualTo(kind);
    }
    assertThatThrownBy(() -> ChangeKind.fromText("Revoke")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Reason.fromText("")).isInstanceOf(MalformedException.class);
  }

  private static Change change(
      Position position, Sha256 previous, Optional<Position> cause, Members members) {
    return new Change(
        "default",
        position,
        previous,
        AT,
        ChangeKind.REVOKE,
        Reason.KEY_COMPROMISE,
        REQUEST,
        cause,
        Selector.of(SelectorAttribute.LOT, "L-1"),
        members);
  }

  private static byte[] replaced(byte[] der, String from, String to) {
    String hex = HexFormat.of().formatHex(der);
    assertThat(hex).contains(from);
    String changed = hex.replaceFirst(from, to);
    return HexFormat.of().parseHex(changed);
  }
}
