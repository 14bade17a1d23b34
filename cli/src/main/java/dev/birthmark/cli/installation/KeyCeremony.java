package dev.birthmark.cli.installation;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.enrollment.ceremony.Ceremony;
import dev.birthmark.enrollment.ceremony.CeremonyPlan;
import dev.birthmark.enrollment.ceremony.CeremonyRecord;
import dev.birthmark.enrollment.ceremony.KeyDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The key ceremony of this installation's site: from a reviewed plan in YAML to key files with mode
 * 0600 and the public files beside them. The site bundle is written last; where it is, the ceremony
 * has been held.
 */
public final class KeyCeremony {

  private static final int MAX_PLAN = 65_536;

  private final Home home;

  public KeyCeremony(Home home) {
    this.home = home;
  }

  /** Whether it has been held here. */
  public boolean held() {
    return Files.exists(home.siteBundle());
  }

  /** A commented plan to begin with, for certificates whose addresses lie below this one. */
  public static String usualPlan(URI base) {
    return """
    # Plan of a key ceremony. Review it with a second person: nearly all of it stands in
    # certificates for ever. Then: birthmark ca init PLAN

    # The site's name and whose it is: a-z, 0-9 and hyphens.
    site: site-1
    tenant: default

    # The address below which everything lies that certificates point to. You must own it for
    # as long as any device lives.
    base: %s

    # The name of the site's issuance log: a URL without a scheme, yours alone.
    log: birthmark.example/site-1

    # The offline root. Its key is used once, here, and then carried away.
    root:
      name: CN=Birthmark Root,O=Example
      key: P-256

    # The issuing CA, whose key the enrollment service signs with.
    # Keys: P-256, P-384, Ed25519, RSA, ML-DSA-44, ML-DSA-65, ML-DSA-87
    issuer:
      name: CN=Birthmark Issuing CA,O=Example
      key: P-256
    """
        .formatted(base);
  }

  /** Reads a plan's file. */
  public static String read(Path plan) {
    try {
      if (Files.size(plan) > MAX_PLAN) {
        throw new InstallationException(plan + " is larger than any plan");
      }
      return Files.readString(plan);
    } catch (IOException e) {
      throw new InstallationException("cannot read " + plan + "; is it a text file?", e);
    }
  }

  /** Makes every key and certificate that the plan names. */
  public void hold(String plan) {
    CeremonyPlan parsed = parse(plan);
    PrivateFiles.directory(home.root());
    PrivateFiles.directory(home.rootOffline());
    PrivateFiles.directory(home.ca());
    Path service = PrivateFiles.directory(home.service(ServiceName.ENROLLMENT));
    SecureRandom random = new SecureRandom();
    CeremonyRecord made =
        new Ceremony(Providers.detect(), random, InstantSource.system())
            .hold(parsed, new KeyDirectory(home.rootOffline(), service, random));
    PrivateFiles.open(planFile(), plan);
    PrivateFiles.open(home.ca().resolve("root.pem"), made.rootPem());
    PrivateFiles.open(home.ca().resolve("issuer.pem"), made.issuerPem());
    PrivateFiles.open(service.resolve("site-client.pem"), made.siteClientPem());
    PrivateFiles.open(service.resolve("site-bundle.pem"), made.sealedBundle());
    PrivateFiles.open(home.siteBundle(), made.sealedBundle());
  }

  /** The address below which everything lies that certificates point to. */
  public URI base() {
    return URI.create(parse(read(planFile())).base().value());
  }

  /** What was made, in lines for people. */
  public List<String> describe() {
    CeremonyPlan plan = parse(read(planFile()));
    return List.of(
        "offline root  %s (%s), in %s"
            .formatted(plan.root().name(), plan.root().key().label(), home.rootOffline()),
        "issuing CA    %s (%s)".formatted(plan.issuer().name(), plan.issuer().key().label()),
        "issuance log  " + plan.log());
  }

  private Path planFile() {
    return home.ca().resolve("ceremony.yaml");
  }

  private static CeremonyPlan parse(String plan) {
    try {
      Object members =
          new Load(
                  LoadSettings.builder()
                      .setAllowDuplicateKeys(false)
                      .setCodePointLimit(MAX_PLAN)
                      .build())
              .loadFromString(plan);
      if (!(members instanceof Map<?, ?> map)) {
        throw new InstallationException("the plan has no members; birthmark ca plan shows them");
      }
      return CeremonyPlan.of(map);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new InstallationException(
          "the plan cannot be followed: "
              + e.getMessage()
              + "; birthmark ca plan prints one that can",
          e);
    }
  }
}
