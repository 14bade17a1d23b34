package dev.birthmark.credential.encoding;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/** Writes the fields of one SEQUENCE, in the order in which {@link DerFields} reads them. */
public final class DerRecord {
  private final ASN1EncodableVector fields = new ASN1EncodableVector(16);

  /** Adds an INTEGER. */
  public DerRecord integer(long value) {
    return add(new ASN1Integer(value));
  }

  /** Adds an ENUMERATED. */
  public DerRecord enumerated(int value) {
    return add(new ASN1Enumerated(value));
  }

  /** Adds an OCTET STRING. */
  public DerRecord octets(byte[] value) {
    return add(new DEROctetString(value));
  }

  /** Adds a UTF8String. */
  public DerRecord text(String value) {
    return add(new DERUTF8String(value));
  }

  /** Adds a GeneralizedTime: whole seconds, UTC. */
  public DerRecord time(Instant value) {
    return add(new DERGeneralizedTime(DerText.time(value)));
  }

  /** Adds a SEQUENCE. */
  public DerRecord sequence(DerRecord value) {
    return add(value.toSequence());
  }

  /** Adds a SEQUENCE OF SEQUENCE. */
  public DerRecord sequences(List<DerRecord> members) {
    DerRecord outer = new DerRecord();
    members.forEach(outer::sequence);
    return sequence(outer);
  }

  /** Adds the explicit context tag {@code [tag]} around the only field of {@code value}. */
  public DerRecord tagged(int tag, DerRecord value) {
    if (value.fields.size() != 1) {
      throw new IllegalArgumentException("an explicit tag holds one value");
    }
    return add(new DERTaggedObject(true, tag, value.fields.get(0)));
  }

  /** The DER of the SEQUENCE. */
  public byte[] encode() {
    try {
      return toSequence().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
  }

  private DerRecord add(ASN1Encodable field) {
    fields.add(field);
    return this;
  }

  private DERSequence toSequence() {
    return new DERSequence(fields);
  }
}
