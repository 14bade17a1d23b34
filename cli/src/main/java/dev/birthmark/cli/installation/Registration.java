package dev.birthmark.cli.installation;

import dev.birthmark.cli.client.Audience;
import dev.birthmark.cli.client.OperatorKey;
import dev.birthmark.cli.client.ServiceClient;
import dev.birthmark.cli.client.Sites;
import dev.birthmark.cli.client.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;

/** Makes the site of an installation known to its identity service, once. */
public final class Registration {

  private Registration() {}

  /**
   * Registers the site if that has not been done, and waits until it issues.
   *
   * @return whether it was new
   */
  public static boolean ensure(Home home, Ports ports, Progress progress) {
    OperatorKey key = OperatorKey.read(home.operatorTokenKey(), InstantSource.system());
    var http = Tls.http(home.tlsRoot());
    boolean isNew = !Files.exists(home.identityBundle());
    if (isNew) {
      progress.now("registering the site");
      try {
        String bundle =
            new Sites(new ServiceClient(http, ports.identityUrl(), Audience.IDENTITY, key))
                .add(Files.readString(home.siteBundle()));
        PrivateFiles.open(home.identityBundle(), bundle);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + home.siteBundle(), e);
      }
    }
    progress.now("waiting for the site to open");
    Sites.awaitOpen(new ServiceClient(http, ports.enrollmentUrl(), Audience.ENROLLMENT, key));
    return isNew;
  }
}
