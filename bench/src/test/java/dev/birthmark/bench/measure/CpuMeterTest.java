package dev.birthmark.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuMeterTest {

  private static final List<ProcessTime> PROCESSES =
      List.of(
          new ProcessTime(10, 1, 5, 0, "java -jar quarkus-run.jar"),
          new ProcessTime(20, 1, 0.5, 0, "sh -c"),
          new ProcessTime(15, 20, 1, 0.25, "/pg/bin/postgres -D data"),
          new ProcessTime(30, 15, 2, 0, "postgres: walwriter"),
          new ProcessTime(31, 15, 4, 0, "postgres: identity identity 127.0.0.1(5) idle"),
          new ProcessTime(32, 15, 8, 0, "postgres: enrollment enrollment 127.0.0.1(6) COMMIT"),
          new ProcessTime(40, 1, 100, 0, "something else"));

  @Test
  void aServerIsChargedForItsDatabaseAndForWhatAllDatabasesShare() {
    assertThat(CpuMeter.of(10, 20, "enrollment", () -> PROCESSES).seconds())
        .isCloseTo(5 + 0.5 + 1.25 + 2 + 8, within(1e-9));
    assertThat(CpuMeter.of(10, 20, "identity", () -> PROCESSES).seconds())
        .isCloseTo(5 + 0.5 + 1.25 + 2 + 4, within(1e-9));
  }

  @Test
  void aProcessCanBeMeasuredAlone() {
    CpuMeter meter = CpuMeter.ofOne(ProcessHandle.current().pid());
    assertThat(meter.seconds()).isPositive();
  }

  @Test
  void aNameWithBlanksAndParenthesesIsRead() {
    String stat = "77 (a (b) c) S 5 77 77 0 -1 4194560 1 2 3 4 150 50 20 5 20 0 33 0 9 8 7";
    assertThat(ProcessTable.parseStat(stat, "a\0-x\0"))
        .contains(new ProcessTime(77, 5, 2, 0.25, "a -x"));
  }

  @Test
  void theLinesOfPsAreRead() {
    assertThat(ProcessTable.parsePs("  501     1   1:02.50 postgres: walwriter "))
        .contains(new ProcessTime(501, 1, 62.5, 0, "postgres: walwriter"));
    assertThat(ProcessTable.parsePs("")).isEmpty();
  }
}
