package dev.birthmark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.bench.bed.Bed;
import dev.birthmark.bench.bed.BedException;
import dev.birthmark.bench.figure.Figure;
import dev.birthmark.bench.figure.Reading;
import dev.birthmark.bench.figure.Scene;
import dev.birthmark.bench.measure.Plan;
import dev.birthmark.cli.client.RefusedException;
import dev.birthmark.cli.client.UnavailableException;
import dev.birthmark.cli.installation.Distribution;
import dev.birthmark.cli.installation.InstallationException;
import dev.birthmark.cli.installation.PrivateFiles;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the benchmarks. */
@Command(
    name = "birthmark bench",
    description = {
      "Measures what Birthmark costs beside what it could cost, in an installation of its own that"
          + " is gone afterwards. All figures take up to 20 minutes; nothing else should run."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:everything was measured, whatever came out",
      " 2:the command line was not understood",
      " 3:something could not be started or did not answer as it should"
    })
public final class Main implements Callable<Integer> {

  private static final int UNAVAILABLE = 3;

  @Option(
      names = "--json",
      description = "Print one JSON object: figure to value, unit, beside, spread.")
  private boolean json;

  @Option(names = "--quick", description = "Less than 90 s for all: services are not warm then.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "FIGURE",
      description = "Some figures only, separated by commas.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--debug", description = "Print the stack trace of a failure.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  private Main() {}

  /** Measures, prints, and ends with the exit code. */
  public static void main(String[] arguments) {
    // The drivers' TLS: the group of the figures, and the fast provider, so that they cost little.
    System.setProperty("jdk.tls.namedGroups", "secp256r1");
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() {
    List<Figure> figures = chosen();
    Providers providers = Providers.detect();
    Security.insertProviderAt(providers.provider(SignatureAlgorithm.ECDSA_SHA256), 1);
    AtomicReference<@Nullable Bed> made = new AtomicReference<>();
    Thread cleaning = new Thread(() -> close(made.getAndSet(null)), "cleaning");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      List<Row> rows = new ArrayList<>();
      Bed bed =
          Bed.make(
              Distribution.own(),
              directory(),
              figures.stream().mapToInt(Figure::credentials).max().orElse(0),
              this::progress);
      made.set(bed);
      Scene scene = new Scene(bed, quick ? Plan.QUICK : Plan.FULL, providers, this::progress);
      for (Figure figure : figures) {
        long start = System.nanoTime();
        progress(figure.name());
        Reading reading = figure.measure(scene);
        rows.add(new Row(figure, reading));
        put(document, figure, reading);
        progress(
            "%s: %s (%s), %d s"
                .formatted(
                    figure.name(),
                    number(figure, reading.value().median()),
                    reading.note(),
                    (System.nanoTime() - start) / 1_000_000_000));
      }
      print(document, rows);
      return CommandLine.ExitCode.OK;
    } catch (BedException
        | InstallationException
        | UnavailableException
        | RefusedException
        | IllegalStateException e) {
      if (debug) {
        e.printStackTrace();
      }
      System.err.println("birthmark bench: " + e.getMessage());
      return UNAVAILABLE;
    } finally {
      close(made.getAndSet(null));
    }
  }

  private record Row(Figure figure, Reading reading) {}

  private List<Figure> chosen() {
    List<String> known = Figure.ALL.stream().map(Figure::name).toList();
    for (String name : only) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "no figure '" + name + "'; figures are " + String.join(", ", known));
      }
    }
    return Figure.ALL.stream()
        .filter(figure -> only.isEmpty() || only.contains(figure.name()))
        .toList();
  }

  /** Beside the distribution, on a disk: a temporary directory may lie in memory. */
  private static Path directory() {
    Path root = Distribution.own().root();
    return root.resolveSibling("bench-" + ProcessHandle.current().pid());
  }

  private static void close(@Nullable Bed bed) {
    if (bed != null) {
      bed.close();
    }
    PrivateFiles.deleteTree(directory()); // also what was half made
  }

  private void progress(String what) {
    System.err.println("  " + what);
  }

  private static void put(ObjectNode document, Figure figure, Reading reading) {
    ObjectNode one = document.putObject(figure.name());
    one.put("value", rounded(reading.value().median()));
    one.put("unit", figure.unit());
    one.put("beside", reading.beside());
    one.putArray("spread")
        .add(rounded(reading.value().least()))
        .add(rounded(reading.value().most()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private void print(ObjectNode document, List<Row> rows) {
    if (json) {
      System.out.println(document);
      return;
    }
    System.out.printf(Locale.ROOT, "%-32s %9s %-15s %-8s%n", "figure", "value", "spread", "reach");
    for (Row row : rows) {
      Figure figure = row.figure();
      Reading reading = row.reading();
      boolean reached =
          figure.lessIsBetter()
              ? reading.value().median() <= figure.reach()
              : reading.value().median() >= figure.reach();
      System.out.printf(
          Locale.ROOT,
          "%-32s %9s %-15s %s %s  %s%n",
          figure.name(),
          number(figure, reading.value().median()),
          number(figure, reading.value().least()) + "–" + number(figure, reading.value().most()),
          figure.lessIsBetter() ? "≤" : "≥",
          number(figure, figure.reach()),
          reached ? "reached" : "missed");
      System.out.println(
          wrapped(reading.note() + "; " + reading.beside()).collect(Collectors.joining("\n")));
    }
    if (quick) {
      System.out.println(
          "A quick look: the services were not warm. Figures are reported without --quick.");
    }
  }

  private static String number(Figure figure, double value) {
    return figure.unit().equals("ms")
        ? String.format(Locale.ROOT, "%.0f ms", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static java.util.stream.Stream<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("   ");
    for (String word : text.split(" ")) {
      if (line.length() + word.length() > 98) {
        lines.add(line.toString());
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines.stream();
  }
}
