package dev.birthmark.credential.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.birthmark.credential.encoding.Base64Text;
import dev.birthmark.credential.pkix.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our notes and proofs judged by golang.org/x/mod/sumdb, of which every Go toolchain carries the
 * source; skipped where there is none.
 */
class GoNoteTest {
  private static final String SUMDB = "src/cmd/vendor/golang.org/x/mod/sumdb/";
  private static final String ORIGIN = "id.example/logs/berlin";

  @TempDir Path module;

  @Test
  void isAcceptedByTheGoLibraries() throws Exception {
    Path sources = Path.of(run("", "go", "env", "GOROOT").strip(), SUMDB);
    assumeTrue(Files.isDirectory(sources), "skipped: no Go, or one without the sumdb sources");
    Files.writeString(module.resolve("go.mod"), "module birthmark.test\n\ngo 1.22\n");
    for (String name : List.of("note", "tlog")) {
      copy(sources.resolve(name), module.resolve(name));
    }
    try (InputStream program = GoNoteTest.class.getResourceAsStream("main.go.txt")) {
      Files.copy(Objects.requireNonNull(program), module.resolve("main.go"));
    }
    assertThat(run("", "go", "build", "-o", "judge", ".")).isEmpty();

    TestKey key = TestKey.generate("Ed25519");
    TestKey cosigner = TestKey.generate("Ed25519");
    NoteKey log = new NoteKey(ORIGIN, key.publicKey());
    List<byte[]> entries = NaiveTree.entries(1000);
    NodesInMemory nodes = new NodesInMemory();
    Growth growth = RightEdge.empty().append(NaiveTree.leaves(entries));
    nodes.store(growth);
    StoredTree tree = new StoredTree(nodes, 1000);
    SignedNote note = log.sign(new Checkpoint(ORIGIN, 1000, tree.root()).text(), key);
    SignedNote cosigned =
        new CosignerKey("id.example/cosigner", cosigner.publicKey())
            .cosign(note, Instant.EPOCH.plusSeconds(1_800_000_000), cosigner);
    for (int index : new int[] {0, 511, 512, 999}) {
      int old = index + 1;
      String input =
          """
          {"Key":"%s","Note":"%s","OldRoot":"%s","Leaf":"%s","Index":%d,"OldSize":%d,
           "Inclusion":[%s],"Consistency":[%s]}
          """
              .formatted(
                  log.verifierKey(),
                  cosigned.toString().replace("\n", "\\n"),
                  text(NaiveTree.root(NaiveTree.leaves(entries.subList(0, old)))),
                  text(growth.leaf(index)),
                  index,
                  old,
                  texts(tree.inclusion(index).path()),
                  texts(tree.consistency(old).path()));
      assertThat(run(input, module.resolve("judge").toString())).isEqualTo("ok\n");
    }
  }

  private static String texts(List<Sha256> hashes) {
    return hashes.stream().map(h -> '"' + text(h) + '"').collect(Collectors.joining(","));
  }

  private static String text(Sha256 hash) {
    return Base64Text.encode(hash.bytes());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".go")).toList()) {
        String source = Files.readString(file);
        Files.writeString(
            to.resolve(file.getFileName()),
            source.replace("golang.org/x/mod/sumdb", "birthmark.test"));
      }
    }
  }

  /** What the program prints; empty where there is no such program. */
  private String run(String input, String... command) throws Exception {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(module.toFile());
      builder.environment().put("GOFLAGS", "-mod=mod");
      builder.environment().put("GOPROXY", "off");
      builder.environment().put("GOTOOLCHAIN", "local");
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      return "";
    }
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return output;
  }
}
