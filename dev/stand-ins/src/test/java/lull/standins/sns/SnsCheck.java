package lull.standins.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// Checks an SNS envelope as its documentation tells subscribers to, with nothing from the code under test.
public final class SnsCheck {
    private SnsCheck() {}

    /// Whether the envelope is signed by the certificate that it names.
    public static boolean isGenuine(JsonNode envelope) {
        List<String> signed = envelope.get("Type").asText().equals("Notification")
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        StringBuilder text = new StringBuilder();
        for (String name : signed) {
            if (envelope.has(name)) {
                text.append(name)
                        .append("\n")
                        .append(envelope.get(name).asText())
                        .append("\n");
            }
        }
        String algorithm = envelope.get("SignatureVersion").asText().equals("1") ? "SHA1withRSA" : "SHA256withRSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(certificate(envelope).getPublicKey());
            signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
            return signature.verify(
                    Base64.getDecoder().decode(envelope.get("Signature").asText()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static X509Certificate certificate(JsonNode envelope) {
        try (InputStream pem =
                URI.create(envelope.get("SigningCertURL").asText()).toURL().openStream()) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
