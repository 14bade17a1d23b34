package dev.birthmark.credential.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.log.LogId;
import dev.birthmark.credential.log.Mutation;
import dev.birthmark.credential.pkix.CertificateSerial;
import dev.birthmark.credential.pkix.DeviceId;
import dev.birthmark.credential.pkix.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  private static final String HASH = "ab".repeat(32);
  private static final EntryFacts FACTS =
      new EntryFacts(
          new DeviceId("Pump-7"),
          CertificateSerial.parse("4a00000000000007"),
          Sha256.fromHex(HASH),
          Sha256.fromHex("cd".repeat(32)),
          new Octets(new byte[20]),
          "berlin",
          "PO-1",
          "pump",
          "B",
          "L-1",
          "",
          "st-1");

  @ParameterizedTest
  @CsvSource({
    "DEVICE_ID, PUMP-7, true",
    "DEVICE_ID, pump-8, false",
    "SERIAL, 4A:00:00:00:00:00:00:07, true",
    "SERIAL, 0x4a00000000000008, false",
    "ISSUER, 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00, true",
    "LOT, L-1, true",
    "LOT, l-1, false",
    "MODEL, pump, true",
    "HARDWARE_REVISION, B, true",
    "ORDER, PO-1, true",
    "SITE, berlin, true",
    "STATION, st-1, true",
    "STATION, st-2, false",
    "PROFILE, idevid, false",
    "CHANGE, 0:7, false",
  })
  void matchesByTheOneSpellingOfAValue(SelectorAttribute attribute, String value, boolean matches) {
    assertThat(Selector.of(attribute, value).matches(FACTS)).isEqualTo(matches);
  }

  @Test
  void matchesWhatHasEveryValue() {
    Selector both = selector(Map.of("lot", "L-1", "model", "pump"));
    assertThat(both.matches(FACTS)).isTrue();
    assertThat(selector(Map.of("lot", "L-1", "model", "valve")).matches(FACTS)).isFalse();
    assertThat(Selector.none().matches(FACTS)).isFalse();
    assertThat(
            Selector.of(SelectorAttribute.FINGERPRINT, HASH.toUpperCase(Locale.ROOT))
                .matches(FACTS))
        .isTrue();
    assertThat(Selector.of(SelectorAttribute.KEY, HASH).matches(FACTS)).isFalse();
  }

  @Test
  void writesOneTextWhateverTheOrder() throws Exception {
    Selector selector = selector(Map.of("model", "a\"b\\ü", "lot", "L-1", "deviceId", "PUMP-7"));
    assertThat(selector.text())
        .isEqualTo("{\"deviceId\":\"pump-7\",\"lot\":\"L-1\",\"model\":\"a\\\"b\\\\ü\"}");
    assertThat(Selector.parse(selector.text())).isEqualTo(selector);
    assertThat(Selector.parse("{}")).isEqualTo(Selector.none());
    assertThat(SelectorAttribute.values())
        .isSortedAccordingTo(Comparator.comparing(SelectorAttribute::text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}{}",
        " {}",
        "{\"lot\":\"a\"",
        "{\"lot\":\"a\",}",
        "{\"lot\": \"a\"}",
        "{\"lot\":5}",
        "{\"lot\":null}",
        "{\"lot\":[\"a\"]}",
        "{\"lot\":\"\"}",
        "{\"lot\":\"a\",\"lot\":\"a\"}",
        "{\"model\":\"a\",\"lot\":\"a\"}",
        "{\"colour\":\"red\"}",
        "{\"lot\":\"\\u0041\"}",
        "{\"lot\":\"\\/\"}",
        "{\"lot\":\"a\\\"}",
        "{\"lot\":\"a\u0001\"}",
        "{\"lot\":\"\ud800\"}",
        "{\"deviceId\":\"PUMP-7\"}",
        "{\"serial\":\"0A\"}",
        "{\"key\":\"ab\"}",
        "{\"issuer\":\"ab\"}",
        "{\"change\":\"7\"}",
      })
  void refusesEveryOtherText(String text) {
    assertThatThrownBy(() -> Selector.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertThatThrownBy(() -> Selector.parse("{\"lot\":\"" + "a".repeat(256) + "\"}"))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Selector.parse(" ".repeat(Selector.MAX_LENGTH + 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void throwsNothingElseOnAnyText() {
    Random random = new Random(6);
    byte[] text =
        selector(
                Map.of("model", "a\"b", "serial", "0a", "issuer", "00".repeat(20), "change", "0:7"))
            .text()
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50_000; i++) {
      String mutant = new String(Mutation.of(text, random), StandardCharsets.UTF_8);
      try {
        assertThat(Selector.parse(mutant).text()).isEqualTo(mutant);
      } catch (MalformedException e) {
        assertThat(e.part()).isNotEmpty();
      }
    }
  }

  @Test
  void comparesPositionsByIncarnationFirst() throws Exception {
    Position position = Position.parse("1767323045:12");
    assertThat(position).isEqualTo(new Position(1_767_323_045, 12));
    assertThat(position.toString()).isEqualTo("1767323045:12");
    assertThat(position.next()).isEqualTo(new Position(1_767_323_045, 13));
    assertThat(position.reaches(new Position(0, 99))).isTrue();
    assertThat(position.reaches(position)).isTrue();
    assertThat(position.reaches(position.next())).isFalse();
    for (String bad :
        Arrays.asList(
            "",
            ":",
            "1",
            "1:",
            ":1",
            "01:1",
            "1:-1",
            "+1:1",
            "1:2:3",
            "1: 2",
            "٣:١",
            "9223372036854775808:0")) {
      assertThatThrownBy(() -> Position.parse(bad)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void writesAHeadOfTheFeedAndOfTheLogs() throws Exception {
    TreeMap<LogId, LogHead> logs = new TreeMap<>();
    logs.put(new LogId(-1), new LogHead(5, Sha256.fromHex(HASH)));
    logs.put(new LogId(1), new LogHead(0, Sha256.of(new byte[0])));
    String name = FeedHead.name("https://id.example/", "tenant one");
    FeedHead head = new FeedHead(name, new Position(0, 9), Sha256.fromHex(HASH), logs);
    assertThat(head.text())
        .isEqualTo(
            """
            id.example/feed/tenant%20one
            0:9
            q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=
            0000000000000001 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            ffffffffffffffff 5 q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=
            """);
    assertThat(FeedHead.parse(head.text())).isEqualTo(head);
    String text = head.text();
    for (String bad :
        Arrays.asList(
            "",
            text.stripTrailing(),
            text.replace("0:9", "0:09"),
            text.replace("0:9", "9"),
            text.replace(" 5 ", " 05 "),
            text.replace(" 5 ", "  5 "),
            text.replace("ffffffffffffffff", "FFFFFFFFFFFFFFFF"),
            text.replace("ffffffffffffffff", "0000000000000001"),
            text.replace("ffffffffffffffff", "0000000000000000"),
            text + "\n")) {
      assertThatThrownBy(() -> FeedHead.parse(bad)).isInstanceOf(MalformedException.class);
    }
  }

  private static Selector selector(Map<String, String> values) {
    TreeMap<SelectorAttribute, String> attributes = new TreeMap<>();
    values.forEach((name, value) -> {
      try {
        attributes.put(SelectorAttribute.fromText(name), value);
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    });
    return new Selector(attributes);
  }
}
