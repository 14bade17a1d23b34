package dev.birthmark.credential.log;

import java.util.Arrays;
import java.util.Random;

/** What a stranger, or a bad disk, makes of octets: some changed, cut out, repeated or added. */
public final class Mutation {
  private Mutation() {}

  /** One to four mutations. */
  public static byte[] of(byte[] octets, Random random) {
    byte[] mutant = octets.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutant = once(mutant, random);
    }
    return mutant;
  }

  private static byte[] once(byte[] octets, Random random) {
    if (octets.length < 2) {
      return new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)};
    }
    int at = random.nextInt(octets.length);
    byte[] mutant = octets.clone();
    switch (random.nextInt(5)) {
      case 0 -> mutant[at] = (byte) random.nextInt(256);
      case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> mutant = Arrays.copyOf(octets, at);
      case 3 -> System.arraycopy(octets, at, mutant, random.nextInt(at + 1), octets.length - at);
      default -> {
        mutant = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(4));
        System.arraycopy(
            octets, at, mutant, mutant.length - octets.length + at, octets.length - at);
      }
    }
    return mutant;
  }
}
