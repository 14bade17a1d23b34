package dev.birthmark.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.client.DeviceKey;
import dev.birthmark.cli.client.Enrollments;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Enrolls many devices. */
@Command(
    name = "enroll-batch",
    description = "Enroll many devices; each answers for itself. Exit code 1 if any was refused.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A line of FILE is a device id, or CSV deviceId,request (base64 DER), or JSON",
      "{\"deviceId\":…,\"request\":…}. Where a line has no request, a key is made here and",
      "written beside the certificate (mode 0600). Running it again repeats no enrollment of a",
      "device that brings its own request."
    })
final class EnrollBatchCommand implements Callable<Integer> {

  private static final int MOST = 1_000_000;
  private static final int REFUSALS_SHOWN = 10;

  @Mixin private Context context = new Context();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The devices, one a line.")
  private @Nullable Path file;

  @Option(names = "--order", required = true, description = "The production order.")
  private String order = "";

  @Option(names = "--count", description = "Make that many device ids instead of reading a file.")
  private int count;

  @Option(
      names = "--prefix",
      defaultValue = "device-",
      description = "What made ids begin with (default: ${DEFAULT-VALUE}).")
  private String prefix = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write each device's chain, and a key made here, into this directory.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    List<Line> lines = lines();
    Terminal terminal = context.terminal();
    Enrollments enrollments = new Enrollments(context.enrollment());
    AtomicLong made = new AtomicLong();
    List<Made> devices =
        lines.parallelStream()
            .map(line -> {
              Made device = Made.of(line);
              terminal.bar("making keys", made.incrementAndGet(), lines.size());
              return device;
            })
            .toList();
    long start = System.nanoTime();
    List<JsonNode> answers =
        enrollments.enrollAll(
            order,
            devices.stream().map(Made::row).toList(),
            answered -> terminal.bar("enrolling", answered, lines.size()));
    long nanos = System.nanoTime() - start;
    return report(devices, answers, nanos);
  }

  private int report(List<Made> devices, List<JsonNode> answers, long nanos) {
    Terminal terminal = context.terminal();
    Map<String, Long> refused = new TreeMap<>();
    List<String> shown = new ArrayList<>();
    long enrolled = 0;
    for (int i = 0; i < answers.size(); i++) {
      JsonNode answer = answers.get(i);
      if (answer.path("status").asInt() < 300) {
        enrolled++;
        write(devices.get(i), answer);
      } else {
        JsonNode problem = answer.path("problem");
        refused.merge(problem.path("reason").asText("unknown"), 1L, Long::sum);
        if (shown.size() < REFUSALS_SHOWN) {
          shown.add(
              "  line %d, %s: %s (%s)"
                  .formatted(
                      i + 1,
                      devices.get(i).row().deviceId(),
                      problem.path("detail").asText(),
                      problem.path("reason").asText()));
        }
      }
    }
    terminal.say(
        terminal.good("enrolled")
            + " %s of %s in %s (%s/s)"
                .formatted(
                    Terminal.count(enrolled),
                    Terminal.count(answers.size()),
                    Terminal.time(nanos),
                    Terminal.count(Math.round(answers.size() / Math.max(nanos / 1e9, 1e-3)))));
    shown.forEach(terminal::complain);
    ObjectNode result =
        Context.object()
            .put("order", order)
            .put("lines", answers.size())
            .put("enrolled", enrolled)
            .put("millis", nanos / 1_000_000);
    ObjectNode byReason = result.putObject("refused");
    refused.forEach(byReason::put);
    terminal.result(result);
    return refused.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void write(Made device, JsonNode answer) {
    Path directory = out;
    if (directory == null) {
      return;
    }
    String id = device.row().deviceId();
    StringBuilder chain = new StringBuilder();
    answer.path("chain").forEach(one -> chain.append(one.asText().strip()).append('\n'));
    PrivateFiles.open(directory.resolve(id + ".pem"), chain.toString());
    DeviceKey key = device.key();
    if (key != null) {
      PrivateFiles.secret(
          directory.resolve(id + "-key.pem"),
          PrivateFiles.pem("PRIVATE KEY", key.pair().getPrivate().getEncoded()));
    }
  }

  private List<Line> lines() {
    if ((file == null) == (count == 0)) {
      throw context.usage("give either a FILE of devices or a --count of them");
    }
    if (count < 0 || count > MOST) {
      throw context.usage("--count must be 1 to 1,000,000");
    }
    List<Line> lines = file == null ? numbered() : read(file);
    if (lines.isEmpty()) {
      throw context.usage(file + " names no device");
    }
    if (out == null && lines.stream().anyMatch(line -> line.request().isEmpty())) {
      throw context.usage("keys are made here: say with --out where to write them");
    }
    return lines;
  }

  private List<Line> numbered() {
    int digits = Math.max(4, Integer.toString(count).length());
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Line(prefix + ("%0" + digits + "d").formatted(number), ""))
        .toList();
  }

  private List<Line> read(Path from) {
    List<Line> lines = new ArrayList<>();
    try {
      for (String text : Files.readAllLines(from)) {
        String stripped = text.replace("\ufeff", "").strip();
        if (!stripped.isEmpty()) {
          lines.add(parse(stripped));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + from, e);
    }
  }

  private Line parse(String text) {
    if (text.startsWith("{")) {
      try {
        JsonNode json = ServiceClient.JSON.readTree(text);
        return new Line(json.path("deviceId").asText(), json.path("request").asText(""));
      } catch (JsonProcessingException e) {
        throw context.usage("not JSON: " + text.substring(0, Math.min(60, text.length())));
      }
    }
    int comma = text.indexOf(',');
    return comma < 0
        ? new Line(text, "")
        : new Line(text.substring(0, comma).strip(), text.substring(comma + 1).strip());
  }

  private record Line(String deviceId, String request) {}

  private record Made(Enrollments.Row row, @Nullable DeviceKey key) {
    static Made of(Line line) {
      if (!line.request().isEmpty()) {
        return new Made(new Enrollments.Row(line.deviceId(), line.request()), null);
      }
      DeviceKey key = DeviceKey.generate();
      String id = line.deviceId();
      return new Made(new Enrollments.Row(id, key.requestBase64(id)), key);
    }
  }
}
