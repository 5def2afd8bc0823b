package lull.runtime.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lull.contract.json.Json;
import lull.runtime.sns.SigningCertificates.FetchFailed;
import lull.runtime.sns.SigningCertificates.NoSuchCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnsVerifierTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:chats";
    private static final String CHINESE_TOPIC = "arn:aws-cn:sns:cn-north-1:123456789012:chats";
    private static final String CERTIFICATE = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem";

    private static final SigningKeys SNS = SigningKeys.make("sns.amazonaws.com", false);
    private static final SigningKeys EXPIRED = SigningKeys.make("sns.amazonaws.com", true);
    private static final SigningKeys STRANGER = SigningKeys.make("sns.example.org", false);

    private static final int MAX_BYTES = 64 * 1024;

    /// A whole second: what SNS writes as `.000Z`, and what must not be written in any other way.
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final List<URI> fetched = new ArrayList<>();
    private byte[] pem = SNS.pem();
    private final SnsVerifier verifier = new SnsVerifier(
            new SnsPolicy(Set.of(TOPIC, CHINESE_TOPIC), Optional.empty(), MAX_BYTES, Duration.ofHours(1)),
            () -> now,
            address -> {
                fetched.add(address);
                return pem;
            });

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void believesANotificationOfEitherSignatureVersion(String version) {
        SnsMessage message = verify(signed(notification(), version, SNS));

        assertThat(message)
                .isEqualTo(new SnsMessage.Notification(
                        "m1", TOPIC, "{\"a\":\"\u00fc\"}", now, Map.of("MessageVisibility", "ALL")));
    }

    @Test
    void believesANotificationWithSubject() {
        assertThat(verify(signed(notification().put("Subject", "Hi"), "1", SNS)))
                .isInstanceOf(SnsMessage.Notification.class);
    }

    @Test
    void believesConfirmations() {
        assertThat(verify(signed(confirmation("SubscriptionConfirmation", now), "1", SNS)))
                .isEqualTo(new SnsMessage.SubscriptionConfirmation(
                        TOPIC, URI.create("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription")));
        assertThat(verify(signed(confirmation("UnsubscribeConfirmation", now), "2", SNS)))
                .isEqualTo(new SnsMessage.UnsubscribeConfirmation(TOPIC));
    }

    @Test
    void rejectsWhatWasChanged() {
        for (String member : List.of("Message", "MessageId")) {
            assertRejected(signed(notification(), "1", SNS).put(member, "changed"), "the signature is invalid");
        }
        String tenSecondsAgo = now.minusSeconds(10).toString();
        assertRejected(signed(notification(), "1", SNS).put("Timestamp", tenSecondsAgo), "the signature is invalid");
        assertRejected(signed(notification(), "1", SNS).put("Subject", "new"), "the signature is invalid");
        assertRejected(signed(notification(), "1", SNS).put("SignatureVersion", "2"), "the signature is invalid");
    }

    @Test
    void rejectsTheSignatureOfAnotherKey() {
        assertRejected(signed(notification(), "2", STRANGER), "the signature is invalid");
        assertRejected(signed(notification(), "1", SNS).put("Signature", "%%%"), "the signature cannot be verified");
        assertRejected(signed(notification(), "3", SNS), "the signature cannot be verified");
    }

    @Test
    void rejectsACertificateThatIsExpiredOrNotIssuedForSns() {
        pem = EXPIRED.pem();
        assertRejected(signed(notification(), "1", EXPIRED), "the signature cannot be verified");
        pem = STRANGER.pem();
        assertRejected(signed(notification(), "1", STRANGER), "the certificate is not issued for SNS");
        pem = "nothing".getBytes(StandardCharsets.UTF_8);
        assertRejected(signed(notification(), "1", SNS), "the signature cannot be verified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
                "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
                "https://sns.us-east-1.amazonaws.com.example.org/SimpleNotificationService-1.pem",
                "https://sns.us-east-1.amazonaws.com@example.org/SimpleNotificationService-1.pem",
                "https://example.org/sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
                "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
                "https://user@sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
                "https://sns.us-east-1.amazonaws.com/x.txt",
                "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem?x=1",
                "https://sns.us-east-1.amazonaws.com/x.pem",
                "https://s3.amazonaws.com/bucket/SimpleNotificationService-1.pem",
                "not an address"
            })
    void fetchesCertificatesFromSnsOnly(String address) {
        assertRejected(
                signed(notification().put("SigningCertURL", address), "1", SNS),
                "the URL of the certificate is not one of SNS");
        assertThat(fetched).isEmpty();
    }

    @Test
    void followsNoConfirmationAwayFromSns() {
        ObjectNode confirmation = confirmation("SubscriptionConfirmation", now)
                .put("SubscribeURL", "https://internal.example.org/?Action=ConfirmSubscription");
        assertRejected(signed(confirmation, "1", SNS), "the URL of the subscription is not one of SNS");
    }

    @Test
    void knowsTheHostOfChineseRegions() {
        ObjectNode notification = notification()
                .put("TopicArn", CHINESE_TOPIC)
                .put("SigningCertURL", "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem");

        assertThat(verify(signed(notification, "1", SNS))).isInstanceOf(SnsMessage.Notification.class);
    }

    @Test
    void rejectsOtherTopics() {
        assertRejected(signed(notification().put("TopicArn", TOPIC + "2"), "1", SNS), "the topic is not one");
    }

    @Test
    void rejectsWhatIsTooOldOrFromTheFuture() {
        assertRejected(at(now.minus(Duration.ofMinutes(61))), "too old");
        assertRejected(at(now.plus(Duration.ofMinutes(16))), "the timestamp is in the future");
        assertRejected(signed(notification().put("Timestamp", "yesterday"), "1", SNS), "the timestamp cannot be read");
    }

    @Test
    void takesAConfirmationForAsLongAsItsTokenLives() {
        assertThat(verify(signed(confirmation("SubscriptionConfirmation", now.minus(Duration.ofDays(1))), "1", SNS)))
                .isInstanceOf(SnsMessage.SubscriptionConfirmation.class);
        assertRejected(
                signed(confirmation("SubscriptionConfirmation", now.minus(Duration.ofDays(3))), "1", SNS), "too old");
    }

    @Test
    void rejectsRawDeliveryAndWhatIsNoEnvelope() {
        assertRejected(Json.object().put("Type", "MESSAGE").put("Content", "Hi"), "raw message delivery");
        assertRejected(Json.object(), "raw message delivery");
        assertRejected(notification().without(List.of("MessageId")), "MessageId is missing");
        assertThat(verifier.verify("[]".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SnsMessage.Rejected("not JSON"));
        assertThat(verifier.verify("<xml/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SnsMessage.Rejected("not JSON"));
    }

    @Test
    void fetchesACertificateOnce() {
        verify(signed(notification(), "1", SNS));
        verify(signed(notification(), "2", SNS));

        assertThat(fetched).containsExactly(URI.create(CERTIFICATE));
    }

    @Test
    void saysThatItCouldNotFindOutWhereTheCertificateIsAway() {
        SnsVerifier offline = new SnsVerifier(
                new SnsPolicy(Set.of(TOPIC), Optional.empty(), MAX_BYTES, Duration.ofHours(1)), () -> now, _ -> {
                    throw new FetchFailed("away", null);
                });

        assertThat(offline.verify(Json.bytes(signed(notification(), "1", SNS))))
                .isEqualTo(new SnsMessage.Unavailable("away"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, '', true",
        "404, <html>Not found</html>, true",
        "403, <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>, true",
        "403, '', false",
        "403, <html>The proxy does not allow this host</html>, false",
        "403, <Error><Code>RequestTimeTooSkewed</Code></Error>, false",
        "407, '', false",
        "407, <Error><Code>AccessDenied</Code></Error>, false",
        "400, '', false",
        "401, '', false",
        "410, '', false",
        "408, '', false",
        "429, '', false",
        "451, '', false",
        "500, '', false",
        "503, '', false",
        "302, '', false"
    })
    void aCertificateThatSnsDoesNotHaveIsNoCertificate(int status, String body, boolean rejected) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://localhost:" + server.getAddress().getPort();
            SnsVerifier local = new SnsVerifier(
                    new SnsPolicy(Set.of(TOPIC), Optional.of(URI.create(base)), MAX_BYTES, Duration.ofHours(1)),
                    () -> now);
            ObjectNode forged = notification().put("SigningCertURL", base + "/SimpleNotificationService-9.pem");

            assertThat(local.verify(Json.bytes(signed(forged, "1", STRANGER))))
                    .satisfies(message -> assertThat(
                                    message instanceof SnsMessage.Rejected(String _, boolean isCertificateMissing)
                                            && isCertificateMissing)
                            .isEqualTo(rejected))
                    .isInstanceOf(rejected ? SnsMessage.Rejected.class : SnsMessage.Unavailable.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void asksForACertificateThatDoesNotExistOnceAMinute() {
        AtomicReference<Instant> clock = new AtomicReference<>(now);
        AtomicInteger fetches = new AtomicInteger();
        SnsVerifier forgotten = new SnsVerifier(
                new SnsPolicy(Set.of(TOPIC), Optional.empty(), MAX_BYTES, Duration.ofHours(1)), clock::get, _ -> {
                    fetches.incrementAndGet();
                    throw new NoSuchCertificate("SNS answered 404");
                });
        byte[] envelope = Json.bytes(signed(notification(), "1", SNS));

        for (int i = 0; i < 100; i++) {
            assertThat(forgotten.verify(envelope)).isInstanceOf(SnsMessage.Rejected.class);
        }
        assertThat(fetches).hasValue(1);

        clock.set(now.plusSeconds(60));
        assertThat(forgotten.verify(envelope)).isInstanceOf(SnsMessage.Rejected.class);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void believesAStandInWhereTheSettingSaysSoAndConfirmsThere() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new ArrayList<>();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, SNS.pem().length);
            exchange.getResponseBody().write(SNS.pem());
            exchange.close();
        });
        server.start();
        try {
            String base = "http://localhost:" + server.getAddress().getPort();
            SnsVerifier local = new SnsVerifier(
                    new SnsPolicy(Set.of(TOPIC), Optional.of(URI.create(base)), MAX_BYTES, Duration.ofHours(1)),
                    () -> now);
            ObjectNode confirmation = confirmation("SubscriptionConfirmation", now)
                    .put("SigningCertURL", base + "/SimpleNotificationService-1.pem")
                    .put("SubscribeURL", base + "/?Action=ConfirmSubscription");

            SnsMessage message = local.verify(Json.bytes(signed(confirmation, "1", SNS)));

            assertThat(message).isInstanceOf(SnsMessage.SubscriptionConfirmation.class);
            assertThat(local.confirm((SnsMessage.SubscriptionConfirmation) message))
                    .isTrue();
            assertThat(asked).containsExactly("/SimpleNotificationService-1.pem", "/?Action=ConfirmSubscription");
            assertThat(local.verify(Json.bytes(signed(notification(), "1", SNS))))
                    .isEqualTo(new SnsMessage.Rejected("the URL of the certificate is not one of SNS"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusesAnEnvelopeThatIsLargerThanSnsSends() {
        byte[] whole = Json.bytes(signed(notification(), "1", SNS));
        byte[] large = Arrays.copyOf(whole, MAX_BYTES + 1);
        Arrays.fill(large, whole.length, large.length, (byte) ' ');

        assertThat(verifier.verify(large)).isEqualTo(new SnsMessage.Rejected("larger than sns.max.envelope.bytes"));
        assertThat(verifier.verify(Arrays.copyOf(large, MAX_BYTES))).isInstanceOf(SnsMessage.Notification.class);
        assertThat(fetched).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Type':'Notification','Type':'Notification'}",
                "{'MessageAttributes':{},'MessageAttributes':{}}",
                "{'a':[[[[",
                "{'Type':'Notification'} {}",
                "{'Type':'Notification'",
                "[{'Type':'Notification'}]",
                "{'MessageAttributes':{'a':{'Value':'b'",
                "'Notification'",
                "1e99999999999",
                ""
            })
    void whatIsNoEnvelopeIsRefused(String text) {
        assertThat(verifier.verify(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new SnsMessage.Rejected("not JSON"));
    }

    @Test
    void passesOverWhateverElseAnEnvelopeHas() {
        String whole = Json.text(signed(notification(), "1", SNS));
        String more = ",\"n\":1e99999999999,\"deep\":" + "[".repeat(900) + "]".repeat(900) + ",\"many\":["
                + "{\"a\":[]},".repeat(1_000) + "0]}";

        assertThat(verifier.verify((whole.substring(0, whole.length() - 1) + more).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SnsMessage.Notification.class);
    }

    @Test
    void fetchesNoMoreThanAFewCertificatesAtATime() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger fetches = new AtomicInteger();
        SnsVerifier slow = new SnsVerifier(
                new SnsPolicy(Set.of(TOPIC), Optional.empty(), MAX_BYTES, Duration.ofHours(1)), () -> now, _ -> {
                    fetches.incrementAndGet();
                    answered.await();
                    throw new FetchFailed("away", null);
                });
        byte[] envelope = Json.bytes(signed(notification(), "1", SNS));
        AtomicInteger unavailable = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> {
                    if (slow.verify(envelope) instanceof SnsMessage.Unavailable) {
                        unavailable.incrementAndGet();
                    }
                });
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> unavailable.get() == 42);
            assertThat(fetches).hasValue(8);
            answered.countDown();
        }
        assertThat(unavailable).hasValue(50);
    }

    @Test
    void fetchesEachCertificateInItsTurnWhereOthersAskForMany() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger fetches = new AtomicInteger();
        SnsVerifier slow = new SnsVerifier(
                new SnsPolicy(Set.of(TOPIC), Optional.empty(), MAX_BYTES, Duration.ofHours(1)), () -> now, _ -> {
                    fetches.incrementAndGet();
                    answered.await();
                    throw new FetchFailed("away", null);
                });
        byte[] envelope = Json.bytes(signed(notification(), "1", SNS));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> slow.verify(envelope));
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> fetches.get() == 8);
            answered.countDown();
        }
        assertThat(fetches).hasValue(50);
    }

    private SnsMessage verify(ObjectNode envelope) {
        return verifier.verify(Json.bytes(envelope));
    }

    private void assertRejected(ObjectNode envelope, String reason) {
        assertThat(verify(envelope))
                .isInstanceOfSatisfying(
                        SnsMessage.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains(reason));
    }

    private ObjectNode at(Instant time) {
        return signed(notification().put("Timestamp", time.toString()), "1", SNS);
    }

    private ObjectNode notification() {
        ObjectNode envelope = Json.object()
                .put("Type", "Notification")
                .put("MessageId", "m1")
                .put("TopicArn", TOPIC)
                .put("Message", "{\"a\":\"\u00fc\"}")
                .put("Timestamp", now.toString().replace("Z", ".000Z"))
                .put("SigningCertURL", CERTIFICATE);
        envelope.putObject("MessageAttributes")
                .putObject("MessageVisibility")
                .put("Type", "String")
                .put("Value", "ALL");
        return envelope;
    }

    private static ObjectNode confirmation(String type, Instant at) {
        return Json.object()
                .put("Type", type)
                .put("MessageId", "m1")
                .put("Token", "t")
                .put("TopicArn", TOPIC)
                .put("Message", "You have chosen")
                .put("SubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription")
                .put("Timestamp", at.toString())
                .put("SigningCertURL", CERTIFICATE);
    }

    /// Signs as SNS does; written anew here, so that a mistake of the verifier is none of the test's.
    private static ObjectNode signed(ObjectNode envelope, String version, SigningKeys keys) {
        StringBuilder text = new StringBuilder();
        for (String name :
                List.of("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")) {
            if (envelope.has(name)) {
                text.append(name)
                        .append('\n')
                        .append(envelope.get(name).asText())
                        .append('\n');
            }
        }
        String algorithm = version.equals("1") ? "SHA1withRSA" : "SHA256withRSA";
        return envelope.put("SignatureVersion", version).put("Signature", keys.sign(algorithm, text.toString()));
    }
}
