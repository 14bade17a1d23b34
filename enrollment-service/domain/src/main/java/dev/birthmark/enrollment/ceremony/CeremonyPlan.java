package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.log.LogOrigin;
import dev.birthmark.credential.pkix.BaseUrl;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a ceremony will make, as it was reviewed. Nearly all of it stands in certificates for ever.
 *
 * @param site the site's id, 1 to 64 of {@code a-z 0-9 -}
 * @param tenant whose site, likewise
 * @param base where the public objects of its certificates lie
 * @param log the origin of the site's first log
 * @param root the offline root
 * @param issuer the issuing authority; of another name than the root
 */
public record CeremonyPlan(
    String site,
    String tenant,
    BaseUrl base,
    String log,
    AuthorityPlan root,
    AuthorityPlan issuer) {

  public CeremonyPlan {
    checkLabel("site", site);
    checkLabel("tenant", tenant);
    LogOrigin.check(log);
    if (root.name().equals(issuer.name())) {
      throw new IllegalArgumentException("root and issuer have the same name");
    }
  }

  /**
   * The plan in a parsed file: {@code site, tenant, base, log} as text; {@code root} and {@code
   * issuer} with {@code name} and {@code key} (a label such as {@code P-256}).
   *
   * @throws IllegalArgumentException naming the member that is missing, unknown or wrong
   */
  public static CeremonyPlan of(Map<?, ?> members) {
    only(members, "the plan", "site", "tenant", "base", "log", "root", "issuer");
    return new CeremonyPlan(
        text(members, "site"),
        text(members, "tenant"),
        new BaseUrl(text(members, "base")),
        text(members, "log"),
        authority(members, "root"),
        authority(members, "issuer"));
  }

  private static AuthorityPlan authority(Map<?, ?> members, String name) {
    if (!(members.get(name) instanceof Map<?, ?> authority)) {
      throw new IllegalArgumentException(name + " is missing, or has no members name and key");
    }
    only(authority, name, "name", "key");
    return new AuthorityPlan(
        text(authority, "name"), KeyAlgorithm.fromLabel(text(authority, "key")));
  }

  private static String text(Map<?, ?> members, String name) {
    if (!(members.get(name) instanceof String text)) {
      throw new IllegalArgumentException(name + " is missing or no text");
    }
    return text;
  }

  private static void only(Map<?, ?> members, String where, String... known) {
    TreeSet<String> unknown = new TreeSet<>();
    members.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    for (String name : known) {
      unknown.remove(name);
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(where + " has unknown members: " + unknown);
    }
  }

  private static void checkLabel(String what, String label) {
    BoundedText.check(what, label, 1, 64);
    if (!label.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(what + " is not of a-z 0-9 and single hyphens");
    }
  }
}
