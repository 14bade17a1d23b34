package dev.birthmark.bench.load;

import dev.birthmark.credential.pkix.Providers;
import dev.birthmark.credential.pkix.SignatureAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A device that is about to be enrolled: a fresh P-256 key and what it signed with it.
 *
 * @param deviceId its name
 * @param keys its own
 * @param info CertificationRequestInfo in DER (RFC 2986)
 * @param signature over {@code info}
 */
public record Candidate(String deviceId, KeyPair keys, byte[] info, byte[] signature) {

  private static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ECDSA_SHA256;

  /** Makes a key with the fastest provider, and signs. */
  public static Candidate fresh(String deviceId, Providers providers) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance("EC", providers.provider(ALGORITHM));
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] info =
          new CertificationRequestInfo(
                  new X500NameBuilder().addRDN(BCStyle.CN, deviceId).build(),
                  SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
                  new DERSet())
              .getEncoded("DER");
      Signature signature = providers.signature(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(info);
      return new Candidate(deviceId, keys, info, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole request, PKCS#10 in DER. */
  public byte[] request() {
    try {
      return new CertificationRequest(
              CertificationRequestInfo.getInstance(ASN1Primitive.fromByteArray(info)),
              AlgorithmIdentifier.getInstance(ALGORITHM.identifier()),
              new DERBitString(signature))
          .getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
