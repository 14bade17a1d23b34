package dev.birthmark.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationLockTest {

  @TempDir Path directory;

  @Test
  void letsOneCommandAtATimeChangeWhatRuns() {
    Home home = new Home(directory.resolve("home"));
    try (InstallationLock held = InstallationLock.take(home)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> InstallationLock.take(home))
          .isInstanceOf(InstallationException.class)
          .hasMessageContaining("another birthmark command");
    }
    InstallationLock.take(home).close();
  }

  @Test
  void remembersProcessesFromOneCommandToTheNext() {
    Home home = new Home(directory.resolve("home"));
    assertThat(RunState.read(home).processes()).isEmpty();
    ProcessMark own = ProcessMark.of(ProcessHandle.current());
    new RunState(Map.of()).with("identity", own).write(home);
    assertThat(RunState.read(home).processes()).containsExactly(Map.entry("identity", own));
    assertThat(RunState.read(home).alive("identity")).isTrue();
    assertThat(RunState.read(home).alive("enrollment")).isFalse();
  }

  @Test
  void doesNotTakeAStrangerWithAReusedNumberForItsOwnProcess() {
    long pid = ProcessHandle.current().pid();
    assertThat(new ProcessMark(pid, 1).alive()).isEmpty();
    assertThat(new ProcessMark(pid, 0).alive()).isPresent();
  }
}
