package dev.birthmark.credential.trust;

import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.ArrayList;
import java.util.List;

/** What the two bundles have in common: lists of texts, octets and named keys. */
final class BundleCodec {
  /** Octets of the largest bundle. */
  static final int MAX_LENGTH = 1 << 20;

  /** Octets of the longest text. */
  static final int MAX_TEXT = 255;

  private BundleCodec() {}

  /** A named key, in either bundle. */
  @FunctionalInterface
  interface Named<K> {
    K of(String name, SubjectPublicKey key);
  }

  static List<DerRecord> texts(List<String> texts) {
    return texts.stream().map(text -> new DerRecord().text(text)).toList();
  }

  static List<String> texts(DerFields fields, String part) throws MalformedException {
    List<String> texts = new ArrayList<>();
    for (DerFields member : fields.sequences(part, SiteBundle.MAX_LISTED)) {
      texts.add(member.text(part, MAX_TEXT));
      member.end();
    }
    return texts;
  }

  static List<DerRecord> octets(List<byte[]> strings) {
    return strings.stream().map(octets -> new DerRecord().octets(octets)).toList();
  }

  static List<byte[]> octets(DerFields fields, String part) throws MalformedException {
    List<byte[]> strings = new ArrayList<>();
    for (DerFields member : fields.sequences(part, SiteBundle.MAX_LISTED)) {
      strings.add(member.octets(part, 1, ClientCertificate.MAX_LENGTH));
      member.end();
    }
    return strings;
  }

  static DerRecord named(String name, SubjectPublicKey key) {
    return new DerRecord().text(name).octets(key.der());
  }

  static <K> List<K> named(DerFields fields, String part, Named<K> named)
      throws MalformedException {
    List<K> keys = new ArrayList<>();
    for (DerFields member : fields.sequences(part, SiteBundle.MAX_LISTED)) {
      String name = member.text(part, MAX_TEXT);
      byte[] key = member.octets(part, 1, SubjectPublicKey.MAX_OCTETS);
      member.end();
      try {
        keys.add(named.of(name, SubjectPublicKey.parse(key)));
      } catch (KeyRefusedException e) {
        throw new MalformedException(part, String.valueOf(e.getMessage()));
      }
    }
    return keys;
  }
}
