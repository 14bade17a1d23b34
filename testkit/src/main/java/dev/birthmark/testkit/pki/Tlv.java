package dev.birthmark.testkit.pki;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes tag, length and value and asks no questions, which forging malformed objects needs. */
public final class Tlv {
  private Tlv() {}

  /** One object with this tag and the concatenated contents. */
  public static byte[] of(int tag, byte[]... contents) {
    byte[] content = concat(contents);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else if (content.length < 0x1_0000) {
      out.write(0x82);
      out.write(content.length >>> 8);
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >>> 16);
      out.write(content.length >>> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** A SEQUENCE. */
  public static byte[] sequence(byte[]... contents) {
    return of(0x30, contents);
  }

  /** A SET. */
  public static byte[] set(byte[]... contents) {
    return of(0x31, contents);
  }

  /** A BIT STRING of whole octets. */
  public static byte[] bits(byte[]... contents) {
    return of(0x03, new byte[1], concat(contents));
  }

  /** An object whose content is text. */
  public static byte[] text(int tag, String text) {
    return of(tag, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Octets written in hexadecimal, blanks allowed. */
  public static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** One after the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
