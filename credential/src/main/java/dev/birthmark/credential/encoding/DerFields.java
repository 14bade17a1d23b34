package dev.birthmark.credential.encoding;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSequence;

/**
 * Reads the fields of one SEQUENCE in their order, each of the type and within the bound that is
 * asked for. The octets must be the DER of what they say: they are encoded again and compared, so
 * no second spelling of a record exists. Everything thrown is a {@link MalformedException}.
 */
public final class DerFields {
  /** Our formats nest six deep at most; more brackets are refused before they are parsed. */
  private static final int MAX_DEPTH = 8;

  private final String record;
  private final ASN1Sequence sequence;
  private int next;

  private DerFields(String record, ASN1Sequence sequence) {
    this.record = record;
    this.sequence = sequence;
  }

  /**
   * The fields of a SEQUENCE that is the whole input.
   *
   * @param record what is read, for messages, such as {@code "entry"}
   * @param most octets that the input may have
   */
  public static DerFields read(String record, byte[] der, int most) throws MalformedException {
    if (der.length > most) {
      throw new MalformedException(record, der.length + " octets, at most " + most);
    }
    DerDepth.check(record, der, MAX_DEPTH);
    try {
      ASN1Primitive parsed = ASN1Primitive.fromByteArray(der);
      if (parsed instanceof ASN1Sequence sequence
          && Arrays.equals(der, sequence.getEncoded(ASN1Encoding.DER))) {
        return new DerFields(record, sequence);
      }
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws unchecked exceptions too on strangers' octets.
      throw new MalformedException(record, "not ASN.1");
    }
    throw new MalformedException(record, "not one SEQUENCE in DER");
  }

  /** A non-negative INTEGER, at most {@code most}. */
  public long integer(String part, long most) throws MalformedException {
    if (take(part) instanceof ASN1Integer integer) {
      return bounded(part, integer.getValue(), most);
    }
    throw wrong(part, "an INTEGER");
  }

  /** The number of an ENUMERATED, 0..65,535. */
  public int enumerated(String part) throws MalformedException {
    if (take(part) instanceof ASN1Enumerated number) {
      return (int) bounded(part, number.getValue(), 0xFFFF);
    }
    throw wrong(part, "an ENUMERATED");
  }

  /** An OCTET STRING of {@code least}..{@code most} octets. */
  public byte[] octets(String part, int least, int most) throws MalformedException {
    if (take(part) instanceof ASN1OctetString octets) {
      byte[] bytes = octets.getOctets();
      if (bytes.length < least || bytes.length > most) {
        throw new MalformedException(part, bytes.length + " octets");
      }
      return bytes;
    }
    throw wrong(part, "an OCTET STRING");
  }

  /** A UTF8String of at most {@code most} octets. */
  public String text(String part, int most) throws MalformedException {
    if (take(part) instanceof ASN1UTF8String text) {
      try {
        String string = text.getString();
        // More characters than octets cannot be, so this bounds both.
        if (string.length() <= most && DerText.length(string) <= most) {
          return string;
        }
      } catch (RuntimeException e) {
        throw new MalformedException(part, "not UTF-8");
      }
      throw new MalformedException(part, "more than " + most + " octets");
    }
    throw wrong(part, "a UTF8String");
  }

  /** A GeneralizedTime in whole seconds, UTC: {@code YYYYMMDDHHMMSSZ}, 1950..9999. */
  public Instant time(String part) throws MalformedException {
    if (take(part) instanceof ASN1GeneralizedTime time) {
      return DerText.time(part, time.getTimeString());
    }
    throw wrong(part, "a GeneralizedTime");
  }

  /** The SEQUENCE that comes next. */
  public DerFields sequence(String part) throws MalformedException {
    if (take(part) instanceof ASN1Sequence inner) {
      return new DerFields(part, inner);
    }
    throw wrong(part, "a SEQUENCE");
  }

  /** The members of the SEQUENCE OF SEQUENCE that comes next, at most {@code most}. */
  public List<DerFields> sequences(String part, int most) throws MalformedException {
    DerFields outer = sequence(part);
    int size = outer.sequence.size();
    if (size > most) {
      throw new MalformedException(part, size + " members, at most " + most);
    }
    List<DerFields> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      members.add(outer.sequence(part));
    }
    return members;
  }

  /**
   * What stands in the explicit context tag {@code [tag]}, if that is what comes next: fields that
   * hold this one value and nothing else.
   */
  public Optional<DerFields> tagged(String part, int tag) throws MalformedException {
    if (next < sequence.size()
        && sequence.getObjectAt(next) instanceof ASN1TaggedObject tagged
        && tagged.hasTag(BERTags.CONTEXT_SPECIFIC, tag)) {
      next++;
      try {
        ASN1Object inner = tagged.getExplicitBaseObject();
        return Optional.of(new DerFields(part, new DERSequence(inner)));
      } catch (RuntimeException e) {
        throw wrong(part, "one value in an explicit tag");
      }
    }
    return Optional.empty();
  }

  /** Refuses fields that were not asked for. */
  public void end() throws MalformedException {
    if (next < sequence.size()) {
      throw new MalformedException(record, (sequence.size() - next) + " fields too many");
    }
  }

  private ASN1Primitive take(String part) throws MalformedException {
    if (next == sequence.size()) {
      throw new MalformedException(part, "missing");
    }
    return sequence.getObjectAt(next++).toASN1Primitive();
  }

  private static long bounded(String part, BigInteger value, long most) throws MalformedException {
    if (value.signum() < 0 || value.bitLength() > 63 || value.longValue() > most) {
      throw new MalformedException(part, "outside 0.." + most);
    }
    return value.longValue();
  }

  private static MalformedException wrong(String part, String expected) {
    return new MalformedException(part, "not " + expected);
  }
}
