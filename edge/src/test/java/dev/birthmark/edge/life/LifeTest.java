package dev.birthmark.edge.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.HttpServer;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {

  @TempDir Path directory;

  @Test
  void writesItsPortsWholeOrNotAtAll() throws Exception {
    var file = directory.resolve("ports.json");
    var ports = new PortFile(new Listening(), new ObjectMapper(), Optional.of(file));
    ports.add("device", 8443);
    assertThat(file).doesNotExist();

    ports.write();

    var written = new ObjectMapper().readTree(Files.readString(file));
    assertThat(written.get("https").asInt()).isEqualTo(443);
    assertThat(written.get("management").asInt()).isEqualTo(9000);
    assertThat(written.get("device").asInt()).isEqualTo(8443);
    assertThat(written.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void writesNoFileWhereNobodyAsksForOne() {
    new PortFile(new Listening(), new ObjectMapper(), Optional.empty()).write();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void endsWhenTheOtherSideOfTheLineIsGoneAndNotBefore() throws Exception {
    var ended = new CountDownLatch(1);
    try (var otherSide = new PipedOutputStream()) {
      var line = new PipedInputStream(otherSide);
      Thread.ofVirtual().start(() -> LifeLine.await(line, ended::countDown));
      otherSide.write("whatever is said\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(ended.getCount()).isEqualTo(1);
    }
    ended.await();
  }

  private static final class Listening implements HttpServer {
    @Override
    public int getPort() {
      return -1;
    }

    @Override
    public int getSecurePort() {
      return 443;
    }

    @Override
    public int getManagementPort() {
      return 9000;
    }

    @Override
    public URI getLocalBaseUri() {
      return URI.create("https://127.0.0.1:443");
    }
  }
}
