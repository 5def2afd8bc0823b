package lull.runtime.sns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/// A key with a certificate of its own, made by the JDK's keytool.
record SigningKeys(PrivateKey key, String certificate) {

    private static final String PASSWORD = "password";

    /// A key whose certificate is valid for ten years from a day before now, or was until a year ago.
    static SigningKeys make(String name, boolean expired) {
        try {
            Path folder = Files.createTempDirectory("keys");
            Path store = folder.resolve("keys.p12");
            try {
                return make(store, name, expired);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException("The JDK's keytool makes no keys", e);
        }
    }

    private static SigningKeys make(Path store, String name, boolean expired)
            throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-alias",
                        "sns",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString(),
                        "-dname",
                        "CN=" + name,
                        "-startdate",
                        expired ? "-2y" : "-1d",
                        "-validity",
                        expired ? "365" : "3650")
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("sns").getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        return new SigningKeys((PrivateKey) keys.getKey("sns", PASSWORD.toCharArray()), pem);
    }

    byte[] pem() {
        return certificate.getBytes(StandardCharsets.US_ASCII);
    }

    String sign(String algorithm, String text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
