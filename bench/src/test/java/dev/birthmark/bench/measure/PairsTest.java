package dev.birthmark.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

  private static final Plan PLAN = new Plan(Duration.ofSeconds(3), Duration.ofSeconds(1), 3);

  @Test
  void theSidesTakeTurnsAfterEachHasWarmedUp() {
    List<String> turns = new ArrayList<>();
    Pairs.compare(noting(turns, "a", 100), noting(turns, "b", 100), PLAN, text -> {});
    assertThat(String.join("", turns)).isEqualTo("aaa" + "bbb" + "ab".repeat(3));
  }

  @Test
  void aSideThatGetsLittleOfTheProcessorWarmsUpForLongerButNotForEver() {
    int[] runs = {0};
    Side starved =
        time -> {
          runs[0]++;
          return new Work(100, time.toMillis() / 2000.0, time);
        };
    Pairs.compare(starved, starved, new Plan(PLAN.warmUp(), PLAN.run(), 1), text -> {});
    assertThat(runs[0]).isEqualTo(6 + 6 + 2);
  }

  @Test
  void eachPairGivesOneRatioSoThatASlowSpellDoesNotMoveTheMedian() {
    double[] slowness = {1, 1, 1, 1, 10, 10};
    int[] turn = {0};
    Side a = time -> new Work(300, slowness[turn[0]++], time);
    Side b = time -> new Work(600, slowness[turn[0]++], time);
    Plan cold = new Plan(Duration.ZERO, PLAN.run(), PLAN.pairs());
    Pairs pairs = Pairs.compare(a, b, cold, text -> {});
    assertThat(pairs.ratio().median()).isCloseTo(0.5, within(1e-9));
    assertThat(pairs.a()).isEqualTo(new Spread(300, 30, 300));
    assertThat(pairs.rates()).isEqualTo("300 beside 600 per CPU-second");
  }

  @Test
  void aSideThatDoesNothingIsNotCompared() {
    Side idle = time -> new Work(0, 1, time);
    assertThatThrownBy(() -> Pairs.compare(idle, idle, PLAN, text -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Side noting(List<String> turns, String name, long done) {
    return time -> {
      turns.add(name);
      return new Work(done, time.toMillis() / 1000.0, time);
    };
  }
}
