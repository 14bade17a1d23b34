package dev.birthmark.credential.custody;

import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Private keys in files: PKCS#12 (RFC 7292) with a passphrase in a file beside it, and PEM PKCS#8
 * for what a TLS library or the log reads. Every file that holds a secret is made with mode 0600,
 * is on disk before it gets its name, and never replaces another one.
 */
public final class KeyFiles {
  private static final String ALIAS = "key";
  private static final long MAX_FILE = 1 << 20;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private KeyFiles() {}

  /**
   * Writes a key and its certificates as PKCS#12, and a new random passphrase of 256 bits.
   *
   * @param certificates DER, the key's own first; at least one
   * @throws KeyCustodyException if a file is already there or cannot be written
   */
  public static void writePkcs12(
      Path keyFile,
      Path passphraseFile,
      SoftwareKey key,
      Iterable<byte[]> certificates,
      SecureRandom random) {
    char[] passphrase = passphrase(random);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key.privateKey(), passphrase, chain(certificates));
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      store.store(octets, passphrase);
      refuseExisting(keyFile);
      refuseExisting(passphraseFile);
      write(passphraseFile, (new String(passphrase) + "\n").getBytes(StandardCharsets.US_ASCII));
      write(keyFile, octets.toByteArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyCustodyException("the key file " + keyFile + " cannot be written", e);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /**
   * Reads a key from PKCS#12, whatever its alias; the file holds exactly one.
   *
   * @throws KeyCustodyException if it cannot be read, or was made for another kind of signature
   */
  public static SoftwareKey readPkcs12(
      Path keyFile, Path passphraseFile, SignatureAlgorithm algorithm, Providers providers) {
    char[] passphrase = {};
    try {
      passphrase = new String(read(passphraseFile), StandardCharsets.UTF_8).strip().toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(read(keyFile)), passphrase);
      if (store.size() != 1) {
        throw new KeyCustodyException(keyFile + " holds " + store.size() + " entries, not one key");
      }
      String alias = store.aliases().nextElement();
      if (!(store.getKey(alias, passphrase) instanceof PrivateKey key)) {
        throw new KeyCustodyException(keyFile + " holds no private key");
      }
      return SoftwareKey.of(key, store.getCertificate(alias).getPublicKey(), algorithm, providers);
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyCustodyException("the key file " + keyFile + " cannot be read", e);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Writes a key as PEM of PKCS#8 (RFC 5958), not encrypted. */
  public static void writePem(Path file, SoftwareKey key) {
    try {
      refuseExisting(file);
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(key.privateKey().getEncoded());
      String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
      write(file, pem.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new KeyCustodyException("the key file " + file + " cannot be written", e);
    }
  }

  /**
   * Reads a key from PEM of PKCS#8. PKCS#8 holds no public half, so the caller brings it; whether
   * both belong together is checked by a signature.
   */
  public static SoftwareKey readPem(
      Path file, SubjectPublicKey publicKey, SignatureAlgorithm algorithm, Providers providers) {
    try {
      byte[] der = pkcs8(file);
      KeyFactory factory = providers.keyFactory(publicKey.algorithm());
      return SoftwareKey.of(
          factory.generatePrivate(new PKCS8EncodedKeySpec(der)),
          factory.generatePublic(new X509EncodedKeySpec(publicKey.der())),
          algorithm,
          providers);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new KeyCustodyException("the key file " + file + " cannot be read", e);
    }
  }

  /**
   * Reads an elliptic-curve key from PEM of PKCS#8 and computes its public half.
   *
   * @throws KeyCustodyException if it cannot be read, or is a key of another kind
   */
  public static SoftwareKey readPem(Path file, SignatureAlgorithm algorithm, Providers providers) {
    try {
      return readPem(file, publicHalf(pkcs8(file)), algorithm, providers);
    } catch (IOException | KeyRefusedException | IllegalArgumentException e) {
      throw new KeyCustodyException("the key file " + file + " cannot be read", e);
    }
  }

  private static SubjectPublicKey publicHalf(byte[] pkcs8) throws IOException, KeyRefusedException {
    AsymmetricKeyParameter publicHalf =
        switch (PrivateKeyFactory.createKey(pkcs8)) {
          case ECPrivateKeyParameters key ->
              new ECPublicKeyParameters(
                  new FixedPointCombMultiplier().multiply(key.getParameters().getG(), key.getD()),
                  key.getParameters());
          case Ed25519PrivateKeyParameters key -> key.generatePublicKey();
          default -> throw new IOException("neither an elliptic-curve nor an Ed25519 key");
        };
    return SubjectPublicKey.parse(
        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicHalf).getEncoded());
  }

  private static byte[] pkcs8(Path file) throws IOException {
    String pem = new String(read(file), StandardCharsets.US_ASCII);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new KeyCustodyException(file + " is no PEM of an unencrypted PKCS#8 key");
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }

  private static Certificate[] chain(Iterable<byte[]> certificates)
      throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> chain = new ArrayList<>();
    for (byte[] der : certificates) {
      chain.add(factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    return chain.toArray(Certificate[]::new);
  }

  private static char[] passphrase(SecureRandom random) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits).toCharArray();
  }

  private static void refuseExisting(Path file) {
    if (Files.exists(file)) {
      throw new KeyCustodyException(file + " is already there and is not replaced");
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new KeyCustodyException(file + " is larger than 1 MB");
    }
    return Files.readAllBytes(file);
  }

  private static void write(Path file, byte[] octets) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(directory, ".new", null, OWNER_ONLY);
    try {
      try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
