package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a change of trust concerns: exactly one of these. */
final class Selection {

  @ArgGroup(multiplicity = "1", exclusive = true)
  private One one = new One();

  private static final class One {
    @Parameters(
        paramLabel = "DEVICE_ID",
        arity = "1",
        description = "One device, with all its credentials.")
    private @Nullable String deviceId;

    @Option(names = "--serial", paramLabel = "HEX", description = "One certificate.")
    private @Nullable String serial;

    @Option(
        names = "--fingerprint",
        paramLabel = "HEX",
        description = "One certificate, by its SHA-256.")
    private @Nullable String fingerprint;

    @Option(names = "--lot", description = "All devices of a production lot, later ones too.")
    private @Nullable String lot;

    @Option(names = "--model", description = "All devices of a model, later ones too.")
    private @Nullable String model;

    @Option(names = "--order", description = "All devices of an order, later ones too.")
    private @Nullable String order;

    @Option(
        names = "--change",
        paramLabel = "POSITION",
        description = "What an earlier change concerned (to restore it).")
    private @Nullable String change;
  }

  /** The selector as the service takes it. */
  ObjectNode selector() {
    ObjectNode selector = Context.object();
    put(selector, "deviceId", one.deviceId);
    put(selector, "serial", one.serial);
    put(selector, "fingerprint", one.fingerprint);
    put(selector, "lot", one.lot);
    put(selector, "model", one.model);
    put(selector, "order", one.order);
    put(selector, "change", one.change);
    return selector;
  }

  /** Whether it may concern many devices. */
  boolean isWide() {
    return one.lot != null || one.model != null || one.order != null || one.change != null;
  }

  /** The selection as people say it: {@code lot 2026-W48}. */
  String text() {
    var entry = selector().properties().iterator().next();
    String name = entry.getKey().equals("deviceId") ? "device" : entry.getKey();
    return name + " " + entry.getValue().asText();
  }

  private static void put(ObjectNode selector, String name, @Nullable String value) {
    if (value != null) {
      selector.put(name, value);
    }
  }
}
