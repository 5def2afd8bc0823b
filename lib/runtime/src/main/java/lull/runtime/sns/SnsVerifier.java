package lull.runtime.sns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import lull.contract.json.Timestamps;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.sns.SigningCertificates.FetchFailed;
import lull.runtime.sns.SigningCertificates.NoSuchCertificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifier of whether a request is really from SNS and from a topic that may send: signature version 1
/// or 2 by a certificate from SNS's own host, a topic of the rules, and a recent time. Raw delivery has
/// no signature and is rejected.
public final class SnsVerifier {

    private static final Logger log = LoggerFactory.getLogger(SnsVerifier.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CERTIFICATE_BYTES = 64 * 1024;

    private final SnsPolicy rules;
    private final SnsAddresses addresses;
    private final InstantSource clock;
    private final SigningCertificates certificates;
    private final BoundedHttpClient http = new BoundedHttpClient(TIMEOUT);

    /// Creates a verifier that fetches certificates over the network.
    public SnsVerifier(SnsPolicy rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        this.addresses = new SnsAddresses(rules.standIn());
        this.certificates = new SigningCertificates(!addresses.isStandIn(), this::fetch);
        warnOfStandIn();
    }

    SnsVerifier(SnsPolicy rules, InstantSource clock, CertificateFetcher fetcher) {
        this.rules = rules;
        this.clock = clock;
        this.addresses = new SnsAddresses(rules.standIn());
        this.certificates = new SigningCertificates(!addresses.isStandIn(), fetcher);
    }

    /// Verifies the body of a request, and returns its content.
    public SnsMessage verify(byte[] body) {
        if (body.length > rules.maxEnvelopeBytes()) {
            return new SnsMessage.Rejected("larger than sns.max.envelope.bytes");
        }
        Optional<SnsEnvelope> read = SnsEnvelope.read(body);
        if (read.isEmpty()) {
            return new SnsMessage.Rejected("not JSON");
        }
        SnsEnvelope envelope = read.get();
        Optional<String> problem = problem(envelope);
        if (problem.isPresent()) {
            return new SnsMessage.Rejected(problem.get());
        }
        try {
            return isSigned(envelope) ? believed(envelope) : new SnsMessage.Rejected("the signature is invalid");
        } catch (NoSuchCertificate e) {
            return new SnsMessage.Rejected("the signature cannot be verified: " + e.getMessage(), true);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new SnsMessage.Rejected("the signature cannot be verified: " + e.getMessage());
        } catch (FetchFailed e) {
            return new SnsMessage.Unavailable(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SnsMessage.Unavailable("interrupted");
        }
    }

    /// Confirms the subscription to SNS; returns whether SNS has accepted it.
    public boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) throws InterruptedException {
        try {
            byte[] _ = fetch(confirmation.subscribeUrl());
            log.atInfo().addKeyValue("topic", confirmation.topicArn()).log("SNS subscription confirmed");
            return true;
        } catch (NoSuchCertificate | FetchFailed e) {
            log.atWarn()
                    .addKeyValue("topic", confirmation.topicArn())
                    .addKeyValue("error", e.getMessage())
                    .log("SNS subscription not confirmed");
            return false;
        }
    }

    private Optional<String> problem(SnsEnvelope envelope) {
        String type = envelope.get("Type");
        if (!envelope.isNotification()
                && !type.equals("SubscriptionConfirmation")
                && !type.equals("UnsubscribeConfirmation")) {
            return Optional.of("not an envelope of SNS; raw message delivery has no signature and is rejected");
        }
        Optional<String> missing = envelope.missing();
        if (missing.isPresent()) {
            return Optional.of(missing.get() + " is missing");
        }
        String topic = envelope.get("TopicArn");
        if (!rules.topics().contains(topic)) {
            return Optional.of("the topic is not one of the configured topics");
        }
        Optional<URI> certificate = uri(envelope.get("SigningCertURL"));
        if (certificate.isEmpty() || !addresses.isCertificate(topic, certificate.get())) {
            return Optional.of("the URL of the certificate is not one of SNS");
        }
        if (!envelope.isNotification()) {
            Optional<URI> subscribe = uri(envelope.get("SubscribeURL"));
            if (subscribe.isEmpty() || !addresses.isOf(topic, subscribe.get())) {
                return Optional.of("the URL of the subscription is not one of SNS");
            }
        }
        return problemOfTime(envelope);
    }

    private Optional<String> problemOfTime(SnsEnvelope envelope) {
        Optional<Instant> time = Timestamps.ofIso(envelope.get("Timestamp"));
        if (time.isEmpty()) {
            return Optional.of("the timestamp cannot be read");
        }
        Instant at = time.get();
        Instant now = clock.instant();
        Duration maxAge = envelope.isNotification() ? rules.maxAge() : SnsPolicy.TOKEN_LIFE;
        if (at.isBefore(now.minus(maxAge))) {
            return Optional.of("too old");
        }
        return at.isAfter(now.plus(SnsPolicy.MAX_AHEAD))
                ? Optional.of("the timestamp is in the" + " future")
                : Optional.empty();
    }

    private boolean isSigned(SnsEnvelope envelope) throws GeneralSecurityException, FetchFailed, InterruptedException {
        String algorithm = switch (envelope.get("SignatureVersion")) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> throw new GeneralSecurityException("the signature version is not supported");
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(certificates.key(URI.create(envelope.get("SigningCertURL")), clock.instant()));
        signature.update(envelope.canonical().getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(envelope.get("Signature")));
    }

    private SnsMessage believed(SnsEnvelope envelope) {
        String topic = envelope.get("TopicArn");
        return switch (envelope.get("Type")) {
            case "Notification" ->
                new SnsMessage.Notification(
                        envelope.get("MessageId"),
                        topic,
                        envelope.get("Message"),
                        Timestamps.ofIso(envelope.get("Timestamp")).orElseGet(clock::instant),
                        envelope.attributes());
            case "SubscriptionConfirmation" ->
                new SnsMessage.SubscriptionConfirmation(topic, URI.create(envelope.get("SubscribeURL")));
            default -> new SnsMessage.UnsubscribeConfirmation(topic);
        };
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] fetch(URI address) throws NoSuchCertificate, FetchFailed, InterruptedException {
        // Redirects are not followed: they would lead away from the host that was checked.
        try {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(address).build(), TIMEOUT, MAX_CERTIFICATE_BYTES);
            if (isMissing(response)) {
                // Anyone can name a certificate that does not exist: another request would not help.
                throw new NoSuchCertificate("SNS answered " + response.statusCode() + " for its URL");
            }
            if (response.statusCode() != 200) {
                throw new FetchFailed("SNS answered " + response.statusCode(), null);
            }
            return response.body();
        } catch (IOException e) {
            throw new FetchFailed("SNS does not answer: " + e.getClass().getSimpleName(), e);
        }
    }

    /// Whether an answer means that the name does not exist. S3, where SNS keeps its certificates,
    /// answers 403 with its own XML to callers who may not list them. Every other status may be
    /// temporary, such as that of a proxy.
    private static boolean isMissing(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 404 -> true;
            case 403 -> {
                String body = new String(response.body(), StandardCharsets.UTF_8);
                yield body.contains("<Error>") && body.contains("<Code>AccessDenied</Code>");
            }
            default -> false;
        };
    }

    private void warnOfStandIn() {
        rules.standIn()
                .ifPresent(at -> log.atWarn()
                        .addKeyValue("endpoint", at)
                        .log("A stand-in of SNS is trusted: never set sns.endpoint in production"));
    }
}
