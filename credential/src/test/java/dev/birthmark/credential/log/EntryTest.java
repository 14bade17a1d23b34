package dev.birthmark.credential.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.UnknownVersionException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final Warrant.Order ORDER =
      new Warrant.Order("PO-1", 1000, "planner", Optional.empty());
  private static final Entry ENTRY = entry(ORDER);

  static List<Entry> entries() {
    return List.of(
        ENTRY,
        entry(new Warrant.Order("ü", 1L << 32, "", Optional.of(new Octets(new byte[] {1})))),
        entry(new Warrant.Renewal(new Place(new LogId(-1), Place.MAX_INDEX))),
        entry(new Warrant.None()));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void readsWhatItWrote(Entry entry) throws Exception {
    byte[] der = entry.encode();
    assertThat(Entry.parse(der)).isEqualTo(entry);
    assertThat(Entry.parse(der).encode()).isEqualTo(der);
  }

  @Test
  void isWrittenToTheByte() {
    assertThat(HexFormat.of().formatHex(ENTRY.encode()))
        .isEqualTo(
            "3052" // SEQUENCE
                + "020101" // version
                + "04023000" // certificate
                + "0c0764656661756c74" // tenant
                + "a0153013" // order: [0] SEQUENCE
                + "0c04504f2d31" // id
                + "020203e8" // quantity
                + "0c07706c616e6e6572" // openedBy
                + "0c026d31" // model
                + "0c0141" // hardwareRevision
                + "0c024c31" // lot
                + "0c00" // profile
                + "0c03636d31" // party
                + "0c00" // station
                + "180f32303236303130323033303430355a" // issuedAt
                + "020100" // feedIncarnation
                + "020107"); // feedNumber
  }

  @Test
  void refusesAnUnknownVersionByAnotherName() {
    byte[] der = ENTRY.encode();
    der[4] = 2;
    assertThatThrownBy(() -> Entry.parse(der)).isInstanceOf(UnknownVersionException.class);
    byte[] alone = new DerRecord().integer(7).encode();
    assertThatThrownBy(() -> Entry.parse(alone)).isInstanceOf(UnknownVersionException.class);
  }

  @Test
  void refusesOctetsAfterTheEntry() {
    byte[] der = Arrays.copyOf(ENTRY.encode(), ENTRY.encode().length + 1);
    assertThatThrownBy(() -> Entry.parse(der)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesAFieldTooManyAndOneTooFew() {
    byte[] longer = wrap(concat(content(ENTRY.encode()), HexFormat.of().parseHex("020101")));
    assertThatThrownBy(() -> Entry.parse(longer)).isInstanceOf(MalformedException.class);
    byte[] content = content(ENTRY.encode());
    byte[] shorter = wrap(Arrays.copyOf(content, content.length - 3));
    assertThatThrownBy(() -> Entry.parse(shorter)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // long form of a length below 128, indefinite length, length with a leading zero
        "04023000>0481023000",
        "04023000>2480040230000000",
        "04023000>048200023000",
        // another type, a constructed string, an empty certificate
        "04023000>0c023030",
        "04023000>240404023000",
        "04023000>0400",
        // INTEGER with a leading zero, negative, too large, empty
        "020203e8>02030003e8",
        "020203e8>0202ffe8",
        "020203e8>02050100000001",
        "020203e8>0200",
        "020203e8>020100",
        // an implicit tag, another tag, both order and renewal
        "a0153013>a013",
        "a0153013>a2153013",
        "0c026d31>a10f300d040800000000000000000201000c026d31",
        // texts: not UTF-8, a control character, another string type
        "0c026d31>0c02c0af",
        "0c026d31>0c026d0a",
        "0c026d31>13026d31",
        // times: no seconds, a fraction, an offset, no such day, another type
        "180f32303236303130323033303430355a>180d3230323630313032303330345a",
        "180f32303236303130323033303430355a>181132303236303130323033303430352e355a",
        "180f32303236303130323033303430355a>181332303236303130323033303430352b30303030",
        "180f32303236303130323033303430355a>180f32303236303233303033303430355a",
        "180f32303236303130323033303430355a>180f32303236303130323033303436305a",
        "180f32303236303130323033303430355a>170d3236303130323033303430355a",
      })
  void refusesEveryOtherSpelling(String replacement) {
    String[] parts = replacement.split(">");
    String content = HexFormat.of().formatHex(content(ENTRY.encode()));
    assertThat(content).contains(parts[0]);
    byte[] changed = HexFormat.of().parseHex(content.replaceFirst(parts[0], parts[1]));
    assertThatThrownBy(() -> Entry.parse(wrap(changed))).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesBracketsBeforeTheyAreFollowed() {
    byte[] brackets = new byte[60_000];
    for (int i = 0; i < brackets.length; i += 4) {
      int length = brackets.length - i - 4;
      ByteBuffer.wrap(brackets, i, 4).put((byte) 0x30).put((byte) 0x82).putShort((short) length);
    }
    assertThatThrownBy(() -> Entry.parse(brackets)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Entry.parse(new byte[Entry.MAX_LENGTH + 1]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void throwsNothingElseOnAnyOctets() {
    Random random = new Random(20_260_102);
    byte[] der = ENTRY.encode();
    for (int i = 0; i < 100_000; i++) {
      byte[] mutant = Mutation.of(der, random);
      try {
        assertThat(Entry.parse(mutant).encode()).isEqualTo(mutant);
      } catch (MalformedException | UnknownVersionException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void refusesWhatCannotBeAnEntry() {
    assertThatThrownBy(() -> new Warrant.Order("", 1, "p", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Warrant.Order("x", 0, "p", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Warrant.Order("\ud800", 1, "p", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Place(new LogId(0), Place.MAX_INDEX + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void framesEntriesAndReadsThemOneByOne() throws Exception {
    List<byte[]> entries = entries().stream().map(Entry::encode).toList();
    byte[] bundle = EntryBundle.encode(entries);
    assertThat(EntryBundle.decode(bundle, 4)).containsExactlyElementsOf(entries);
    assertThat(EntryBundle.decode(new byte[0], 4)).isEmpty();
    EntryBundle reader = EntryBundle.reading(new ByteArrayInputStream(bundle), bundle.length);
    for (byte[] entry : entries) {
      assertThat(reader.next()).contains(entry);
    }
    assertThat(reader.next()).isEmpty();
    assertThatThrownBy(() -> EntryBundle.decode(bundle, 3)).isInstanceOf(MalformedException.class);
    byte[] cut = Arrays.copyOf(bundle, bundle.length - 1);
    assertThatThrownBy(() -> EntryBundle.decode(cut, 4)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> EntryBundle.decode(new byte[] {1}, 4))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0, 0}, 4))
        .isInstanceOf(MalformedException.class);
    EntryBundle bounded = EntryBundle.reading(new ByteArrayInputStream(bundle), 50);
    assertThatThrownBy(bounded::next).isInstanceOf(MalformedException.class);
  }

  private static Entry entry(Warrant warrant) {
    return new Entry(
        new Octets(new byte[] {0x30, 0}),
        "default",
        warrant,
        "m1",
        "A",
        "L1",
        "",
        "cm1",
        "",
        Instant.parse("2026-01-02T03:04:05Z"),
        0,
        7);
  }

  private static byte[] content(byte[] der) {
    return Arrays.copyOfRange(der, 2, der.length);
  }

  private static byte[] wrap(byte[] content) {
    byte[] head =
        content.length < 128
            ? new byte[] {0x30, (byte) content.length}
            : new byte[] {0x30, (byte) 0x81, (byte) content.length};
    return concat(head, content);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
