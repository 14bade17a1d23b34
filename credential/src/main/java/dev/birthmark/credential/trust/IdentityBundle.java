package dev.birthmark.credential.trust;

import dev.birthmark.credential.encoding.BoundedText;
import dev.birthmark.credential.encoding.DerFields;
import dev.birthmark.credential.encoding.DerRecord;
import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.encoding.PemArmor;
import dev.birthmark.credential.encoding.UnknownVersionException;
import dev.birthmark.credential.log.CosignerKey;
import dev.birthmark.credential.log.NoteKey;
import java.util.List;

/**
 * What the identity service answers a registration with: how a site knows it again. Not signed: the
 * keys in it are the first of the identity service's that the site hears of, so a signature by one
 * of them would vouch for itself. It is believed because the administrator fetched it over a
 * connection and with a login of his own, and put it into the site's directory.
 *
 * @param tenant of the site
 * @param site the site's name, as it was registered
 * @param tlsRoots what the identity service's TLS certificates end in: certificates in DER, for the
 *     TLS library
 * @param cosigners the keys that cosign the site's log
 * @param heads the keys, by name of the head, that sign the tenant's feed
 */
public record IdentityBundle(
    String tenant,
    String site,
    List<Octets> tlsRoots,
    List<CosignerKey> cosigners,
    List<NoteKey> heads) {
  /** The label of the PEM armour. */
  public static final String LABEL = "BIRTHMARK IDENTITY BUNDLE";

  private static final long VERSION = 1;

  /** Refuses a bundle by which nobody could be known again. */
  public IdentityBundle {
    BoundedText.check("tenant", tenant, 1, BundleCodec.MAX_TEXT);
    BoundedText.check("site", site, 1, BundleCodec.MAX_TEXT);
    tlsRoots = List.copyOf(tlsRoots);
    cosigners = List.copyOf(cosigners);
    heads = List.copyOf(heads);
    for (List<?> list : List.of(tlsRoots, cosigners, heads)) {
      if (list.isEmpty() || list.size() > SiteBundle.MAX_LISTED) {
        throw new IllegalArgumentException("1 to 32 TLS roots, cosigners and head keys");
      }
    }
  }

  /** Writes the PEM. */
  public String pem() {
    byte[] der =
        new DerRecord()
            .integer(VERSION)
            .text(tenant)
            .text(site)
            .sequences(BundleCodec.octets(tlsRoots.stream().map(Octets::bytes).toList()))
            .sequences(cosigners.stream().map(k -> BundleCodec.named(k.name(), k.key())).toList())
            .sequences(heads.stream().map(k -> BundleCodec.named(k.name(), k.key())).toList())
            .encode();
    return PemArmor.write(LABEL, der);
  }

  /** Reads the PEM. */
  public static IdentityBundle parse(String pem)
      throws MalformedException, UnknownVersionException {
    byte[] der = PemArmor.read(LABEL, pem, BundleCodec.MAX_LENGTH);
    DerFields fields = DerFields.read("identity bundle", der, BundleCodec.MAX_LENGTH);
    long version = fields.integer("version", Long.MAX_VALUE);
    if (version != VERSION) {
      throw new UnknownVersionException("identity bundle", version);
    }
    try {
      IdentityBundle bundle =
          new IdentityBundle(
              fields.text("tenant", BundleCodec.MAX_TEXT),
              fields.text("site", BundleCodec.MAX_TEXT),
              BundleCodec.octets(fields, "TLS roots").stream().map(Octets::new).toList(),
              BundleCodec.named(fields, "cosigners", CosignerKey::new),
              BundleCodec.named(fields, "heads", NoteKey::new));
      fields.end();
      return bundle;
    } catch (IllegalArgumentException e) {
      throw new MalformedException("identity bundle", String.valueOf(e.getMessage()));
    }
  }
}
