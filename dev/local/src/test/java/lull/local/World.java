package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The people around a system under test: customers who write, agents at their desk, phones that
/// receive; and a look at topics.
final class World implements AutoCloseable {

    static final String NUMBER = "100000000000001";

    /// The class path that `bin/lull` runs.
    static final String CLASS_PATH = Path.of("..", "..", "cli", "target", "lib") + "/*" + File.pathSeparator
            + Path.of("..", "..", "cli", "target", "classes");

    private static final AtomicLong IDS = new AtomicLong();

    private final LocalOptions options;
    private final String bootstrapServers;
    private final HttpClient client = HttpClient.newHttpClient();

    World(LocalOptions options, String bootstrapServers) {
        this.options = options;
        this.bootstrapServers = bootstrapServers;
    }

    static LocalOptions options(Path directory) {
        return LocalOptions.onFreePorts(directory);
    }

    /// The world around a whole system in this JVM, which is started with a gap of a second and is
    /// ready.
    ///
    /// @param settings over those of the local system, by name
    static World ofOneJvm(Path directory, Map<String, String> settings, Lifecycle components) throws Exception {
        return ofOneJvm(directory, SharedBroker.empty(), settings, components);
    }

    /// The same beside a broker that only this world has.
    static World ofOneJvm(Path directory, String broker, Map<String, String> settings, Lifecycle components)
            throws Exception {
        LocalOptions options = options(directory);
        Map<String, String> all = new HashMap<>(Map.of("turn.gap", "1s"));
        all.putAll(settings);
        LocalLull lull = LocalLull.start(options, broker, Map.of(), all, components);
        lull.awaitReady();
        return components.add("world", new World(options, lull.bootstrapServers()));
    }

    /// The same world with Amazon Connect at another port.
    World withConnectAt(int port) {
        return new World(
                new LocalOptions(
                        options.host(),
                        options.ingressPort(),
                        options.aggregatorPort(),
                        options.bridgePort(),
                        options.archivePort(),
                        options.consolePort(),
                        options.adminPort(),
                        port,
                        options.graphPort(),
                        options.tryPort(),
                        options.kafkaPort(),
                        options.directory(),
                        false),
                bootstrapServers);
    }

    /// A customer writes to the default business number; returns the message's id. Fails where the
    /// ingress refuses.
    String says(String from, String text) {
        return says(NUMBER, from, text);
    }

    String says(String number, String from, String text) {
        return saidAt(Instant.now(), number, from, text);
    }

    /// What a customer wrote a while ago comes only now.
    String saidAt(Instant at, String number, String from, String text) {
        String id = newId();
        byte[] body = new TestWebhook(number, from, "Customer " + from).text(id, text, at);
        int status = post(body).statusCode();
        if (status != 200) {
            throw new AssertionError("The ingress answered " + status);
        }
        return id;
    }

    /// A customer writes, and WhatsApp sends the webhook again until it is accepted.
    void insists(String from, String text) {
        byte[] body = new TestWebhook(NUMBER, from, "Customer " + from).text(newId(), text, Instant.now());
        HttpRequest request = HttpRequest.newBuilder(ingress(""))
                .header("X-Hub-Signature-256", TestWebhook.signature(body, LocalLull.APP_SECRET))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200);
    }

    /// A customer sends a message of any type, given as WhatsApp's object with single quotes.
    String sends(String from, String message) {
        String id = newId();
        byte[] body = new TestWebhook(NUMBER, from, "Customer " + from)
                .message(id, (ObjectNode) tree(message.replace('\'', '"')), Instant.now());
        int status = post(body).statusCode();
        if (status != 200) {
            throw new AssertionError("The ingress answered " + status);
        }
        return id;
    }

    /// A customer sends a message of any type to a business number.
    String sends(String number, String from, String message) {
        String id = newId();
        byte[] body = new TestWebhook(number, from, "Customer " + from)
                .message(id, (ObjectNode) tree(message.replace('\'', '"')), Instant.now());
        assertThat(post(body).statusCode()).isEqualTo(200);
        return id;
    }

    /// A customer's phone uploads a file; returns its id.
    String uploads(byte[] file, String mimeType) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(graph("/_phone/media"))
                .header("Content-Type", mimeType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
        return tree(answer.body()).path("id").asText();
    }

    /// The files that the customer has attached to a chat, by name.
    Map<String, byte[]> files(JsonNode chat) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        attachments(chat).forEach(file -> files.put(file.path("attachmentName").asText(), content(chat, file)));
        return files;
    }

    /// The contents of the files that the customer has attached to a chat, in order.
    List<byte[]> attached(JsonNode chat) {
        return attachments(chat).stream().map(file -> content(chat, file)).toList();
    }

    private static List<JsonNode> attachments(JsonNode chat) {
        return chat.path("transcript")
                .valueStream()
                .flatMap(item -> item.path("attachments").valueStream())
                .toList();
    }

    private byte[] content(JsonNode chat, JsonNode file) {
        return bytes(connect("/_agent/chats/" + chat.path("contactId").asText() + "/attachments/"
                + file.path("attachmentId").asText()));
    }

    private byte[] bytes(URI uri) {
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// How many calls of an operation of Connect were refused with this code.
    long refusals(String operation, String code) {
        return get(connect("/_agent/calls"))
                .valueStream()
                .filter(call -> call.path("operation").asText().equals(operation)
                        && call.path("status").asInt() >= 400
                        && call.path("code").asText().equals(code))
                .count();
    }

    /// How fast WhatsApp takes messages; 0 is without limit.
    void rates(int numberPerSecond, int pairBurst, Duration pairEvery) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(graph("/_rates"))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(Map.of(
                        "numberPerSecond", numberPerSecond,
                        "pairBurst", pairBurst,
                        "pairEveryMillis", pairEvery.toMillis())))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Steers the stand-in of Connect: `/_clock`, `/_limits` or `/_scanner`.
    void steer(String route, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(connect(route))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Posts a body with the right signature.
    HttpResponse<String> post(byte[] body) {
        return post(body, TestWebhook.signature(body, LocalLull.APP_SECRET));
    }

    HttpResponse<String> post(byte[] body, String signature) {
        return send(HttpRequest.newBuilder(ingress(""))
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// An application with the token `secret` writes to a customer.
    ///
    /// @param to the members that name the customer, with single quotes
    void asks(String to, String text) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(ingress("").resolve("/replies"))
                .header("Authorization", "Bearer secret")
                .header("Idempotency-Key", newId())
                .POST(HttpRequest.BodyPublishers.ofString(
                        ("{" + to + ",'message':{'type':'text','text':{'body':'" + text + "'}}}").replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    URI ingress(String query) {
        return URI.create("http://localhost:" + options.ingressPort() + "/webhooks/whatsapp" + query);
    }

    /// All chats with a customer, oldest first.
    List<JsonNode> chats(String from) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode chat : get(connect("/_agent/chats"))) {
            boolean isNamed = chat.path("customer").asText().equals("Customer " + from);
            // Not every webhook says a customer's name.
            if (isNamed || chat.at("/attributes/customerId").asText().equals(from)) {
                found.add(chat);
            }
        }
        return found;
    }

    /// What the customer has said in a chat, as the agent sees it.
    static List<String> customerTexts(JsonNode chat) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : chat.path("transcript")) {
            if (item.path("type").asText().equals("MESSAGE")
                    && item.path("role").asText().equals("CUSTOMER")) {
                texts.add(item.path("content").asText());
            }
        }
        return texts;
    }

    /// What the customer has said in all chats, oldest first.
    List<String> customerTexts(String from) {
        return chats(from).stream()
                .flatMap(chat -> customerTexts(chat).stream())
                .toList();
    }

    void agentSays(JsonNode chat, String text) {
        agent(chat, "/messages", Json.text(Map.of("text", text)));
    }

    void agent(JsonNode chat, String action, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        connect("/_agent/chats/" + chat.path("contactId").asText() + action))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        // What the customer said first is there before the customer is connected, and until then no agent can act.
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(send(request).statusCode()).isLessThan(300));
    }

    /// The agent attaches a file.
    void agentAttaches(JsonNode chat, String name, String contentType, byte[] content) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        connect("/_agent/chats/" + chat.path("contactId").asText() + "/attachments?name=" + name))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /// The file of a medium that a customer has received.
    byte[] medium(String id) {
        try {
            return client.send(
                            HttpRequest.newBuilder(graph("/_phone/media/" + id)).build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new AssertionError("No answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Waits until WhatsApp has reported all that it is going to, so that what is done to its statuses
    /// from now on is not done to earlier ones.
    void awaitQuietStatuses() {
        AtomicInteger last = new AtomicInteger(-1);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(600))
                .until(() -> {
                    int now = records(Topics.MESSAGE_STATUS.name()).size();
                    return last.getAndSet(now) == now;
                });
    }

    /// Waits until a consumer group has handled every record that its topic has.
    void awaitHandled(String group, Topic topic) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                return records(topic.name()).stream().allMatch(record -> {
                    OffsetAndMetadata next = committed.get(new TopicPartition(topic.name(), record.partition()));
                    return next != null && next.offset() > record.offset();
                });
            });
        }
    }

    /// What became of a reply, oldest first.
    List<ReplyOutcome> outcomes(String replyId) {
        return records(Topics.REPLY_SENT.name()).stream()
                .filter(record -> record.key().equals(replyId))
                .map(record -> {
                    try {
                        return Json.read(record.value(), ReplyOutcome.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /// The messages on a customer's phone.
    List<JsonNode> phone(String to) {
        List<JsonNode> messages = new ArrayList<>();
        get(graph("/_phone/messages?to=" + to)).forEach(messages::add);
        return messages;
    }

    List<String> phoneTexts(String to) {
        return phone(to).stream().map(message -> message.path("text").asText()).toList();
    }

    void fault(URI standIn, String fault) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(standIn.resolve("/_faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault.replace('\'', '"'))));
        if (answer.statusCode() >= 300) {
            throw new AssertionError("The fault was answered " + answer.statusCode() + " " + answer.body());
        }
    }

    URI connect(String path) {
        return URI.create("http://localhost:" + options.connectPort() + path);
    }

    URI graph(String path) {
        return URI.create("http://localhost:" + options.graphPort() + path);
    }

    URI archive(String path) {
        return URI.create("http://localhost:" + options.archivePort() + path);
    }

    URI bridge(String path) {
        return URI.create("http://localhost:" + options.bridgePort() + path);
    }

    URI admin(String path) {
        return URI.create("http://localhost:" + options.adminPort() + path);
    }

    JsonNode get(URI uri) {
        return tree(send(HttpRequest.newBuilder(uri)).body());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// All turns so far, in the order of each partition.
    List<Turn> turns() {
        return records(Topics.TURN_CLOSED.name()).stream()
                .map(record -> {
                    try {
                        return Json.read(record.value(), Turn.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /// The turns of a customer on the default business number.
    List<Turn> turns(String from) {
        return turns().stream()
                .filter(turn -> turn.conversation().toString().equals(NUMBER + "|" + from))
                .toList();
    }

    /// A consumer of what a topic gets from now on, committed records only.
    KafkaConsumer<String, byte[]> tail(String topic) {
        KafkaConsumer<String, byte[]> consumer = consumer(topic);
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        return consumer;
    }

    /// All committed records of a topic so far.
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return TopicReader.all(bootstrapServers, topic);
    }

    private KafkaConsumer<String, byte[]> consumer(String topic) {
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers).consumer("test");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        return consumer;
    }

    static JsonNode tree(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    static String newId() {
        return "wamid.TEST" + System.nanoTime() + "." + IDS.incrementAndGet();
    }

    @Override
    public void close() {
        client.close();
    }
}
