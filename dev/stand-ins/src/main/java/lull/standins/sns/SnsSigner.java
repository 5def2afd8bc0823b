package lull.standins.sns;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/// An RSA key with a self-signed certificate for `sns.amazonaws.com`, made at start and kept in memory only.
public final class SnsSigner {
    private static final String HOST = "sns.amazonaws.com";
    private static final Duration VALID_BEFORE = Duration.ofDays(366);
    private static final Duration VALID_AFTER = Duration.ofDays(3660);

    private final PrivateKey key;
    private final byte[] certificate;

    private SnsSigner(PrivateKey key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /// A new signer whose certificate is valid from a year before to ten years after `now`.
    public static SnsSigner create(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new SnsSigner(pair.getPrivate(), selfSigned(pair, now));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has RSA", impossible);
        }
    }

    /// The Base64 signature of `text`: SHA1withRSA for version 1, SHA256withRSA for version 2.
    String sign(int version, String text) {
        try {
            Signature signature = Signature.getInstance(version == 1 ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has RSA", impossible);
        }
    }

    /// The path under which the certificate is served, like SNS's own.
    public String path() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return "/SimpleNotificationService-" + HexFormat.of().formatHex(digest, 0, 16) + ".pem";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public String pem() {
        byte[] newline = {'\n'};
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, newline).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    // The JDK reads certificates but has no public API that makes them, and keytool may be missing from a small image.
    private static byte[] selfSigned(KeyPair pair, Instant now) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.objectIdentifier("1.2.840.113549.1.1.11"), Der.nullValue());
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.objectIdentifier("2.5.4.3"), Der.utf8String(HOST))));
        byte[] validity = Der.sequence(Der.time(now.minus(VALID_BEFORE)), Der.time(now.plus(VALID_AFTER)));
        byte[] alternativeNames = Der.sequence(
                Der.objectIdentifier("2.5.29.17"),
                Der.octetString(Der.sequence(Der.tagged(0x82, HOST.getBytes(StandardCharsets.US_ASCII)))));
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(BigInteger.valueOf(now.toEpochMilli()).abs().add(BigInteger.ONE)),
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(alternativeNames)));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        return Der.sequence(body, algorithm, Der.bitString(signature.sign()));
    }
}
