package dev.birthmark.credential.pkix;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The three known ways in which an RSA modulus gives its factors away at sight. */
final class WeakRsa {

  /** Steps of Fermat's method; CA/Browser Forum Baseline Requirements §6.1.1.3 ask for 100. */
  private static final int FERMAT_STEPS = 128;

  private static final int SMALL = 1 << 15;

  /** Product of all odd primes below 2^15. */
  private static final BigInteger PRIMORIAL = primorial();

  /**
   * The odd primes up to 167 with the residues that a modulus of the flawed generator has: the
   * powers of 65,537 (Nemec et al., The Return of Coppersmith's Attack, 2017, §2.3). A good modulus
   * has them for all these primes once in some 2^27 times.
   */
  private static final List<Residues> ROCA = rocaResidues();

  private WeakRsa() {}

  private record Residues(BigInteger prime, BitSet powers) {}

  static boolean hasSmallFactor(BigInteger modulus) {
    return !PRIMORIAL.mod(modulus).gcd(modulus).equals(BigInteger.ONE);
  }

  static boolean hasRocaFingerprint(BigInteger modulus) {
    for (Residues residues : ROCA) {
      if (!residues.powers.get(modulus.mod(residues.prime).intValue())) {
        return false;
      }
    }
    return true;
  }

  /** Fermat's method: n = a² − b² with a just above the square root of n. */
  static boolean hasCloseFactors(BigInteger modulus) {
    BigInteger a = modulus.sqrt();
    if (a.multiply(a).equals(modulus)) {
      return true;
    }
    for (int step = 0; step < FERMAT_STEPS; step++) {
      a = a.add(BigInteger.ONE);
      if (isSquare(a.multiply(a).subtract(modulus))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSquare(BigInteger number) {
    // 12 of 64 residues are squares: most numbers need no root.
    int residue = number.intValue() & 63;
    if ((0x0202021202030213L >>> residue & 1) == 0) {
      return false;
    }
    return number.sqrtAndRemainder()[1].signum() == 0;
  }

  private static BigInteger primorial() {
    BitSet composite = new BitSet(SMALL);
    List<BigInteger> factors = new ArrayList<>();
    for (int p = 3; p < SMALL; p += 2) {
      if (!composite.get(p)) {
        factors.add(BigInteger.valueOf(p));
        for (long multiple = (long) p * p; multiple < SMALL; multiple += 2L * p) {
          composite.set((int) multiple);
        }
      }
    }
    // Pairwise, so that the numbers that are multiplied stay of one size.
    while (factors.size() > 1) {
      List<BigInteger> products = new ArrayList<>();
      for (int i = 0; i < factors.size(); i += 2) {
        BigInteger second = i + 1 < factors.size() ? factors.get(i + 1) : BigInteger.ONE;
        products.add(factors.get(i).multiply(second));
      }
      factors = products;
    }
    return factors.get(0);
  }

  private static List<Residues> rocaResidues() {
    List<Residues> all = new ArrayList<>();
    for (int prime = 3; prime <= 167; prime += 2) {
      if (!BigInteger.valueOf(prime).isProbablePrime(20)) {
        continue;
      }
      BitSet powers = new BitSet(prime);
      int power = 1;
      do {
        powers.set(power);
        power = power * (65_537 % prime) % prime;
      } while (!powers.get(power));
      all.add(new Residues(BigInteger.valueOf(prime), powers));
    }
    return List.copyOf(all);
  }
}
