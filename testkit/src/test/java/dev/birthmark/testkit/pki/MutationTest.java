package dev.birthmark.testkit.pki;

import static org.assertj.core.api.Assertions.fail;

import dev.birthmark.credential.pkix.CertificationRequest;
import dev.birthmark.credential.pkix.DeviceCertificate;
import dev.birthmark.credential.pkix.IssuerCertificate;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.KeyGate;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.MalformedCertificateException;
import dev.birthmark.credential.pkix.RequestRefusedException;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to good octets, a decoder reads them or throws its one exception. */
class MutationTest {
  private static final TestPki PKI = TestPki.of("mutation");
  private static final int ROUNDS = 4_000;

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void decodersOnlyThrowTheirOwnException(KeyAlgorithm kind) {
    TestKey key = TestKey.of(kind, 1);
    byte[] certificate = PKI.issue("m-1", 3, key, TestPki.NOW).der();
    byte[] issuer = PKI.issuer().der();
    byte[] request = TestRequests.der(key);
    byte[] pem = TestRequests.pem(key).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] secret = key.privateKey().getEncoded();
    byte[] publicKey = key.publicKey().der();
    KeyGate gate = new KeyGate(EnumSet.allOf(KeyAlgorithm.class), hash -> false);
    SplittableRandom random = new SplittableRandom(20_261_125 + kind.ordinal());
    // Post-quantum objects are large and their interesting octets few: fewer rounds suffice.
    int rounds = certificate.length > 2_000 ? ROUNDS / 4 : ROUNDS;
    for (int i = 0; i < rounds; i++) {
      attempt("certificate", mutate(certificate, random), MutationTest::readCertificate);
      attempt("issuer", mutate(issuer, random), IssuerCertificate::parse);
      attempt("request", mutate(request, random), MutationTest::readRequest);
      attempt("PEM", mutate(pem, random), MutationTest::readRequest);
      attempt("private key", mutate(secret, random), MutationTest::readRequest);
      if (kind != KeyAlgorithm.RSA || i % 40 == 0) {
        attempt("key", mutate(publicKey, random), der -> gate.check(SubjectPublicKey.parse(der)));
      }
    }
  }

  private interface Decoder {
    void decode(byte[] octets) throws Exception;
  }

  private static void readCertificate(byte[] octets) throws Exception {
    DeviceCertificate certificate = DeviceCertificate.parse(octets);
    certificate.deviceId();
    certificate.faultAsDevice();
    certificate.signatureAlgorithmOid();
  }

  private static void readRequest(byte[] octets) throws Exception {
    CertificationRequest.read(octets).hasWellFormedSignature();
  }

  private static void attempt(String what, byte[] octets, Decoder decoder) {
    try {
      decoder.decode(octets);
    } catch (MalformedCertificateException | RequestRefusedException | KeyRefusedException e) {
      return;
    } catch (Exception e) {
      fail(what + " " + HexFormat.of().formatHex(octets), e);
    }
  }

  private static byte[] mutate(byte[] good, SplittableRandom random) {
    byte[] octets = good.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && octets.length > 2; i++) {
      int at = random.nextInt(octets.length - 1);
      int to = at + 1 + random.nextInt(Math.min(16, octets.length - at - 1) + 1);
      to = Math.min(to, octets.length);
      switch (random.nextInt(6)) {
        case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> octets[at] = (byte) random.nextInt(256);
        case 2 -> octets[at] = (byte) new int[] {0, 0x7f, 0x80, 0x84, 0xff}[random.nextInt(5)];
        case 3 -> octets = Arrays.copyOf(octets, at);
        case 4 ->
            octets =
                Tlv.concat(
                    Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, to, octets.length));
        default ->
            octets =
                Tlv.concat(
                    Arrays.copyOf(octets, to), Arrays.copyOfRange(octets, at, octets.length));
      }
    }
    return octets;
  }
}
