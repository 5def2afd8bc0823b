package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.http.BodyReader;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;
import lull.runtime.sns.SnsMessage;
import lull.runtime.trace.Tracing;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The endpoint over HTTP; what the verifier finds is given.
final class SnsEndpointTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String EVENT =
            "{\"Id\":\"e1\",\"Type\":\"MESSAGE\",\"Content\":\"Hi\",\"InitialContactId\":\"c1\","
                    + "\"AbsoluteTime\":\"2025-12-31T23:59:59.500Z\"}";

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<SnsMessage.SubscriptionConfirmation> confirmed = new ArrayList<>();
    private SnsMessage found = notification(EVENT);
    private final LastDeliveryFailure gap = new LastDeliveryFailure(() -> NOW);
    private final SnsEndpoint endpoint = new SnsEndpoint(
            new SnsEndpoint.Guards(
                    HttpPort.Options.free("sns"),
                    Optional.empty(),
                    new BodyReader(10_000, Duration.ofSeconds(20)),
                    new InFlight(1024 * 1024),
                    new SimpleMeterRegistry()),
            new SnsVerification() {
                @Override
                public SnsMessage verify(byte[] body) {
                    return found;
                }

                @Override
                public boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) {
                    return confirmed.add(confirmation);
                }
            },
            new KafkaAcknowledgedProducer(producer, Duration.ofSeconds(5)),
            gap,
            () -> NOW,
            new EventMetrics(new SimpleMeterRegistry()),
            Tracing.off());

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void answersOnceKafkaHasTheEvent() throws Exception {
        assertThat(post("{}").statusCode()).isEqualTo(200);

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("connect.chat.event");
        assertThat(text(record.key())).isEqualTo("c1");
        assertThat(record.timestamp())
                .as("the event's time, by which events are put in order")
                .isEqualTo(NOW.minusMillis(500).toEpochMilli());
        ChatEvent event = Json.read(record.value(), ChatEvent.class);
        assertThat(event.what()).isEqualTo(new ChatEvent.Said("text/plain", "Hi"));
        assertThat(event.visibility()).isEqualTo("ALL");
    }

    @Test
    void takesNoAbsurdTimeForTheRecords() throws Exception {
        found = notification(EVENT.replace("2025-12-31", "2099-12-31"));

        post("{}");

        assertThat(producer.history().getFirst().timestamp()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void asksSnsToRepeatWhatKafkaDidNotTake() throws Exception {
        producer.sendException = new NotEnoughReplicasException("two are away");

        assertThat(post("{}").statusCode()).isEqualTo(503);
    }

    @Test
    void refusesWhatIsNotToBeBelieved() throws Exception {
        found = new SnsMessage.Rejected("the signature is invalid");

        HttpResponse<String> response = post("{}");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).as("nothing is told to strangers").isEmpty();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void refusesRawDeliveryWhateverItsBody() throws Exception {
        HttpRequest raw = request("{}").header("x-amz-sns-rawdelivery", "true").build();

        assertThat(send(raw).statusCode()).isEqualTo(403);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void asksSnsToRepeatWhatCouldNotBeChecked() throws Exception {
        found = new SnsMessage.Unavailable("no certificate");

        assertThat(post("{}").statusCode()).isEqualTo(503);
    }

    @Test
    void onlyALostNotificationOfSnsMakesTranscriptsBeChecked() throws Exception {
        found = new SnsMessage.Rejected("there is no certificate at its URL", true);
        post("{}");
        assertThat(gap.lastAt()).isEqualTo(Instant.EPOCH);

        found = notification(EVENT);
        post("{}");
        assertThat(gap.lastAt()).isEqualTo(Instant.EPOCH);

        producer.sendException = new NotEnoughReplicasException("two are away");
        post("{}");
        assertThat(gap.lastAt()).isEqualTo(NOW);
    }

    @Test
    void confirmsTheSubscription() throws Exception {
        SnsMessage.SubscriptionConfirmation confirmation =
                new SnsMessage.SubscriptionConfirmation("topic", URI.create("https://sns.us-east-1.amazonaws.com/"));
        found = confirmation;

        assertThat(post("{}").statusCode()).isEqualTo(200);
        assertThat(confirmed).containsExactly(confirmation);
    }

    @Test
    void whatIsNoEventIsADeadLetterWithItsReason() throws Exception {
        found = notification("{\"Type\":\"MESSAGE\"}");

        assertThat(post("{}").statusCode()).isEqualTo(200);

        ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
        assertThat(letter.topic()).isEqualTo("connect.chat.event.dlq");
        assertThat(text(letter.value())).isEqualTo("{\"Type\":\"MESSAGE\"}");
        assertThat(text(letter.headers().lastHeader("__streams.errors.message").value()))
                .isEqualTo("A chat event without a contact");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        assertThat(post(" ".repeat(10_001)).statusCode()).isEqualTo(413);
        assertThat(post(" ".repeat(10_000)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(body).build());
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + SnsEndpoint.PATH))
                .header("Content-Type", "text/plain; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SnsMessage notification(String message) {
        return new SnsMessage.Notification("m1", "topic", message, NOW, Map.of("MessageVisibility", "ALL"));
    }

    private static String text(byte[] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }
}
