package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that a webhook tells is on a topic once it is answered 200: payloads of our own, and those of the
/// corpus where it lies beside the project, by the door that they are for.
final class WebhookCorpusIT {

    private static final Path OWN = Path.of("src", "test", "resources", "webhooks");
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:whatsapp";

    @TempDir
    private static Path directory;

    private static SnsPen sns;
    private static IngressUnderTest ingress;
    private static TopicReader topics;

    @BeforeAll
    static void start() throws Exception {
        sns = new SnsPen();
        ingress = IngressUnderTest.start(
                directory,
                Map.of("eum.topic.arns", TOPIC, "sns.endpoint", sns.uri().toString(), "ingress.ack.timeout", "60s"));
        topics = ingress.reader(List.of(
                Topics.MESSAGE_RECEIVED.name(),
                Topics.MESSAGE_STATUS.name(),
                Topics.ACCOUNT_EVENT.name(),
                Topics.WEBHOOK_UNPARSED.name()));
    }

    @AfterAll
    static void stop() {
        topics.close();
        ingress.close();
        sns.close();
    }

    static List<Path> webhooks() {
        return files("meta-", "composed-").filter(file -> !isEnvelope(file)).toList();
    }

    static List<Path> events() {
        return files("eum-").toList();
    }

    static List<Path> envelopes() {
        return files("sns-", "composed-").filter(WebhookCorpusIT::isEnvelope).toList();
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void keepsAllThatAWebhookTells(Path file) throws IOException {
        byte[] body = Files.readAllBytes(file);

        assertThat(ingress.post(body).statusCode()).isEqualTo(200);

        assertThat(Told.by(body).missingIn(topics.next())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void keepsAllThatAnEventOfAwsTells(Path file) throws IOException {
        String event = Files.readString(file);

        assertThat(ingress.deliver(sns.notification(TOPIC, event)).statusCode()).isEqualTo(200);

        assertThat(Told.by(event.getBytes(StandardCharsets.UTF_8)).missingIn(topics.next()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void leavesToSnsWhatSomebodyElseSignedAndKeepsAllOfItOnceItIsSigned(Path file) throws IOException {
        String envelope = Files.readString(file);

        assertThat(ingress.deliver(envelope).statusCode()).isEqualTo(403);

        assertThat(topics.next()).isEmpty();
        for (String event : eventsIn(tree(file))) {
            assertThat(ingress.deliver(sns.notification(TOPIC, event)).statusCode())
                    .isEqualTo(200);
            assertThat(Told.by(event.getBytes(StandardCharsets.UTF_8)).missingIn(topics.next()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void noticesWhateverIsTakenAway(Path file) throws IOException {
        byte[] body = Files.readAllBytes(file);
        assertThat(ingress.post(body).statusCode()).isEqualTo(200);
        List<ConsumerRecord<String, byte[]>> records = topics.next();

        for (int i = 0; i < records.size(); i++) {
            List<ConsumerRecord<String, byte[]>> fewer = new ArrayList<>(records);
            fewer.remove(i);
            assertThat(Told.by(body).missingIn(fewer)).isNotEmpty();
        }
    }

    private static Stream<Path> files(String... beginnings) {
        Stream<Path> corpus = Corpus.isThere() ? Corpus.files(beginnings).stream() : Stream.of();
        return Stream.concat(Corpus.files(OWN, beginnings).stream(), corpus);
    }

    /// Whether SNS has put an envelope around it, or Lambda one around that.
    private static boolean isEnvelope(Path file) {
        JsonNode tree = tree(file);
        return tree.has("Records") || (tree.has("Type") && tree.has("TopicArn"));
    }

    private static List<String> eventsIn(JsonNode envelope) {
        if (envelope.path("Type").asText().equals("Notification")) {
            return List.of(envelope.path("Message").textValue());
        }
        List<String> events = new ArrayList<>();
        envelope.path("Records")
                .forEach(record -> events.add(record.path("Sns").path("Message").textValue()));
        return events;
    }

    private static JsonNode tree(Path file) {
        try {
            return Json.tree(Files.readAllBytes(file));
        } catch (UnreadableJson e) {
            return Json.object();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
