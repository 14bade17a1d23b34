package dev.birthmark.credential.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
  @ParameterizedTest
  @CsvSource({
    "tile/0/000, 0, 0, 256",
    "tile/0/999, 0, 999, 256",
    "tile/1/x001/000.p/5, 1, 1000, 5",
    "tile/63/x001/x234/067.p/255, 63, 1234067, 255",
    "tile/2/x016/x777/215, 2, 16777215, 256",
  })
  void readsAndWritesTilesOfHashes(String text, int level, long index, int width) throws Exception {
    TilePath path = new TilePath.Hashes(level, index, width);
    assertThat(TilePath.parse(text)).isEqualTo(path);
    assertThat(path.text()).isEqualTo(text);
  }

  @Test
  void readsAndWritesTilesOfEntries() throws Exception {
    TilePath path = new TilePath.Entries(1234, 7);
    assertThat(path.text()).isEqualTo("tile/entries/x001/234.p/7");
    assertThat(TilePath.parse(path.text())).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/x/000",
        "tile/0/001/000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/x016/x777/216",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/+00",
        "tile/0/٠٠٠",
        "tile/entries/",
        "tile/0/../secret",
      })
  void refusesEveryOtherPath(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "tile/0/272, 70000, true",
    "tile/0/273.p/112, 70000, true",
    "tile/0/273.p/113, 70000, false",
    "tile/0/273, 70000, false",
    "tile/1/000, 70000, true",
    "tile/1/001.p/17, 70000, true",
    "tile/1/001.p/18, 70000, false",
    "tile/2/000.p/1, 70000, true",
    "tile/2/000.p/2, 70000, false",
    "tile/3/000.p/1, 70000, false",
    "tile/8/000.p/1, 70000, false",
    "tile/entries/273.p/112, 70000, true",
    "tile/entries/274.p/1, 70000, false",
    "tile/4/000.p/1, 4294967296, true",
  })
  void existsFromTheSizeOn(String path, long size, boolean exists) throws Exception {
    assertThat(TilePath.parse(path).existsAt(size)).isEqualTo(exists);
  }
}
