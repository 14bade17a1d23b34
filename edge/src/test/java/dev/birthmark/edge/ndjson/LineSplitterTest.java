package dev.birthmark.edge.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

  private static final int LONGEST = 8;

  @Test
  void numbersLinesAsInTheFileAndLeavesOutWhatIsNothingSpecial() {
    assertThat(split("\uFEFF{1}\r\n\n \t\r\n{4}\n{5}")).containsExactly("1:{1}", "4:{4}", "5:{5}");
  }

  @Test
  void findsTheSameLinesWhereverTheChunksEnd() {
    var file = "\uFEFFeins\r\nzwei\n\nübrig\r\n12345678\r\n123456789\nlast";
    var whole = split(file);
    assertThat(whole)
        .containsExactly("1:eins", "2:zwei", "4:übrig", "5:12345678", "6 too long", "7:last");
    for (int size = 1; size < 20; size++) {
      assertThat(split(file, size)).as("chunks of " + size).isEqualTo(whole);
    }
  }

  @Test
  void keepsNothingOfALineThatIsTooLong() {
    assertThat(split("x".repeat(1_000_000) + "\nnext\n", 4_096))
        .containsExactly("1 too long", "2:next");
  }

  @Test
  void takesABeginningThatOnlyLooksLikeAMarkAsText() {
    assertThat(split("12345678\n")).containsExactly("1:12345678");
    assertThat(split("12345678x\n")).containsExactly("1 too long");
    assertThat(split("12345678xyz\r\n")).containsExactly("1 too long");
  }

  @Test
  void findsNoLineInAnEmptyFile() {
    assertThat(split("")).isEmpty();
    assertThat(split("\n\n\r\n")).isEmpty();
  }

  private static List<String> split(String file) {
    return split(file, Integer.MAX_VALUE);
  }

  private static List<String> split(String file, int chunk) {
    var lines = new ArrayList<String>();
    var splitter = new LineSplitter(LONGEST, line -> lines.add(show(line)));
    var octets = file.getBytes(UTF_8);
    for (int from = 0; from < octets.length; from += Math.min(chunk, octets.length)) {
      int to = (int) Math.min((long) from + chunk, octets.length);
      splitter.accept(java.util.Arrays.copyOfRange(octets, from, to));
    }
    splitter.end();
    return lines;
  }

  private static String show(Line line) {
    var octets = line.octets();
    return octets == null
        ? line.number() + " too long"
        : line.number() + ":" + new String(octets, UTF_8);
  }
}
