package dev.birthmark.enrollment.ceremony;

import dev.birthmark.credential.pkix.AuthorityTemplate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.SignatureAlgorithm;

/**
 * What an authority will be.
 *
 * @param name its distinguished name as RFC 4514 writes it, with one CN
 * @param key the kind of its key
 */
public record AuthorityPlan(String name, KeyAlgorithm key) {
  public AuthorityPlan {
    AuthorityTemplate.checkName(name);
  }

  /** What it will sign with. */
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.usualFor(key);
  }
}
