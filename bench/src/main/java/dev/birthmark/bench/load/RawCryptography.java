package dev.birthmark.bench.load;

import dev.birthmark.bench.measure.CpuMeter;
import dev.birthmark.bench.measure.Side;
import dev.birthmark.bench.measure.Work;
import dev.birthmark.credential.pkix.KeyAlgorithm;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The cryptography of an operation and nothing else, in this process, with the provider that the
 * services use and as many threads as the machine has processors. Its price is the whole process's,
 * as it is for a service.
 */
public final class RawCryptography {

  /** Distinct keys that are gone through in turn. */
  private static final int KEYS = 8_192;

  /** Octets of what stands in for a certificate's signed part. */
  private static final int TBS = 640;

  private static final int STRIDE = 64;
  private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ECDSA_SHA256;

  private final Providers providers;
  private final List<Row> rows;
  private final KeyPair issuer;
  private final byte[] tbs = new byte[TBS];
  private final byte[] tbsSignature;

  private record Row(byte[] key, byte[] info, byte[] signature) {}

  private interface Operation {
    boolean holds(Row row) throws GeneralSecurityException;
  }

  /** Makes the keys. */
  public RawCryptography(Providers providers) {
    this.providers = providers;
    this.rows =
        IntStream.range(0, KEYS)
            .parallel()
            .mapToObj(number -> Candidate.fresh("raw-" + number, providers))
            .map(one -> new Row(one.keys().getPublic().getEncoded(), one.info(), one.signature()))
            .toList();
    this.issuer = Candidate.fresh("issuer", providers).keys();
    new SecureRandom().nextBytes(tbs);
    try {
      this.tbsSignature = sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who does it. */
  public String provider() {
    return providers.provider(ALGORITHM).getName();
  }

  /** Decode a fresh key, verify its proof of possession, sign, verify the signature. */
  public Side issuing() {
    return time ->
        run(
            time,
            row -> {
              PublicKey key =
                  providers
                      .keyFactory(KeyAlgorithm.P256)
                      .generatePublic(new X509EncodedKeySpec(row.key()));
              return verify(key, row.info(), row.signature())
                  && verify(issuer.getPublic(), tbs, sign());
            });
  }

  /** Verify one signature of a known key. */
  public Side verifying() {
    return time -> run(time, row -> verify(issuer.getPublic(), tbs, tbsSignature));
  }

  private byte[] sign() throws GeneralSecurityException {
    Signature signature = providers.signature(ALGORITHM);
    signature.initSign(issuer.getPrivate());
    signature.update(tbs);
    return signature.sign();
  }

  private boolean verify(PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature verification = providers.signature(ALGORITHM);
    verification.initVerify(key);
    verification.update(message);
    return verification.verify(signature);
  }

  private Work run(Duration time, Operation operation) {
    int threads = Runtime.getRuntime().availableProcessors();
    CpuMeter meter = CpuMeter.ofOne(ProcessHandle.current().pid());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      double before = meter.seconds();
      long start = System.nanoTime();
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * (rows.size() / threads);
        tasks.add(() -> work(first, start + time.toNanos(), operation));
      }
      long done = 0;
      for (Future<Long> task : executor.invokeAll(tasks)) {
        done += task.get();
      }
      return new Work(done, meter.seconds() - before, Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private long work(int first, long end, Operation operation) throws GeneralSecurityException {
    long done = 0;
    int next = first;
    do {
      for (int i = 0; i < STRIDE; i++) {
        if (!operation.holds(rows.get(next))) {
          throw new IllegalStateException("a good signature does not verify");
        }
        next = (next + 1) % rows.size();
      }
      done += STRIDE;
    } while (System.nanoTime() < end);
    return done;
  }
}
