package dev.birthmark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birthmark.cli.installation.Home;
import dev.birthmark.cli.installation.Ports;
import dev.birthmark.cli.terminal.Terminal;

/** Says where an installation listens. */
final class Addresses {

  private Addresses() {}

  static void say(Terminal terminal, Home home, Ports ports) {
    terminal.facts(
        "enrollment", ports.enrollmentUrl().toString(),
        "identity", ports.identityUrl().toString(),
        "devices", ports.deviceUrl() + "  (mutual TLS)",
        "publication", ports.publicationUrl().toString(),
        "TLS root", home.tlsRoot().toString(),
        "home", home.toString());
  }

  static ObjectNode json(Home home, Ports ports) {
    return Context.object()
        .put("home", home.toString())
        .put("enrollment", ports.enrollmentUrl().toString())
        .put("identity", ports.identityUrl().toString())
        .put("device", ports.deviceUrl().toString())
        .put("publication", ports.publicationUrl().toString())
        .put("tlsRoot", home.tlsRoot().toString());
  }
}
