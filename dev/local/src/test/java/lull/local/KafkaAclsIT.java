package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.local.broker.RecordingAuthorizer.Request;
import lull.local.broker.SecuredBroker;
import lull.local.transcribe.OggOpus;
import lull.local.transcribe.TranscribeStandIn;
import lull.runtime.Lifecycle;
import lull.standins.application.EchoApplication;
import lull.standins.chatwoot.ChatwootStandIn;
import lull.standins.model.ModelStandIn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole system on a broker with TLS, SCRAM and an authorizer that grants each process exactly what
/// [KafkaAccess] says.
@Tag("own-jvm")
@Tag("proof")
final class KafkaAclsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "15550000001";
    private static final String NUMBER_OF_APPLICATION = "100000000000071";
    private static final KafkaAccess.Scope SCOPE = new KafkaAccess.Scope(
            List.of(Topics.MESSAGE_RECEIVED.name()),
            List.of(
                    Topics.TURN_CLOSED.name(),
                    Topics.APPLICATION_TURN_CLOSED.name(),
                    Topics.APPLICATION_TURN_EXPECTED.name()));

    /// An assistant that begins early, which has a topic of its own.
    private static final String NUMBER_OF_ASSISTANT = "100000000000072";

    private static final Map<String, String> ASSISTANT = Map.of(
            "destinations",
            "echo,desk,helper",
            "destination.desk.kind",
            "chatwoot",
            "destination.echo.kind",
            "http",
            "destination.helper.kind",
            "assistant",
            "destination.helper.prompt.text",
            "You work for a shop.",
            "destination.helper.early",
            "1");

    private static final List<Topic> WITH_DEAD_LETTERS = List.of(
            Topics.MESSAGE_RECEIVED,
            Topics.TURN_CLOSED,
            Topics.APPLICATION_TURN_CLOSED,
            Topics.CHAT_EVENT,
            Topics.CONNECT_MESSAGE_SENT,
            Topics.REPLY_REQUESTED,
            Topics.MESSAGE_STATUS,
            Topics.ACCOUNT_EVENT);

    @TempDir
    private static Path directory;

    @Test
    void eachProcessNeedsWhatTheListSaysAndNothingElse() throws Exception {
        Path keys = KeyStores.make(directory.resolve("keys.p12"));
        List<String> users =
                Arrays.stream(KafkaAccess.values()).map(KafkaAccess::word).toList();
        try (Lifecycle components = new Lifecycle()) {
            SecuredBroker broker = components.add(
                    "broker", SecuredBroker.start(directory.resolve("kafka"), users, keys, KeyStores.PASSWORD));
            broker.grant(SCOPE);
            createTopics(broker);
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.startAround(options, broker.administrator(), components);
            TranscribeStandIn ears = components.add("ears", new TranscribeStandIn());
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("turn.gap", "1s");
            settings.put("transcribe", "true");
            settings.put("transcribe.endpoint", ears.uri().toString());
            EchoApplication echo = components.add("echo application", EchoApplication.start("127.0.0.1", 0));
            ChatwootStandIn desk = components.add("Chatwoot", ChatwootStandIn.start("127.0.0.1", 0, Optional.empty()));
            ModelStandIn model = components.add("model", ModelStandIn.start("127.0.0.1", 0, "key"));
            settings.putAll(ASSISTANT);
            settings.put("destination.helper.url", model.uri().toString());
            settings.put("destination.helper.key", "key");
            settings.put("destination.desk.url", desk.uri().toString());
            settings.put("destination.desk.inbox", ChatwootStandIn.INBOX);
            settings.put("destination.desk.token", ChatwootStandIn.TOKEN);
            settings.put("destination.desk.account", Integer.toString(ChatwootStandIn.ACCOUNT));
            settings.put("destination.desk.callback.secrets", ChatwootStandIn.SECRET);
            settings.put("destination.echo.url", echo.uri().toString());
            settings.put(
                    "routes",
                    "echo: number=" + NUMBER_OF_APPLICATION + ", to=echo; helper: number=" + NUMBER_OF_ASSISTANT
                            + ", to=helper");
            Map<String, ChildService> services = new LinkedHashMap<>();
            for (String name : List.of("ingress", "aggregator", "bridge", "applications", "archive")) {
                services.put(name, start(name, name, settings, broker, components));
            }
            World world = components.add("world", new World(options, broker.administrator()));
            talk(world);
            talkToApplication(world, Objects.requireNonNull(services.get("applications")));
            talkToAssistant(world);
            reply(options, world);
            conversation(options, world);
            action(options);
            otherWebhooks(world);
            changeGap(options);
            filesAndTranscripts(world);
            refusedReply(world);
            twoAggregators(settings, broker, services, world, components);
            commands(settings, broker, services);
            unreadable(broker, world);
            deadLetters(settings, broker, world);

            assertThat(refused(broker)).as("requests that were refused").isEmpty();
            assertThat(unused(broker)).as("rights that nothing needs").isEmpty();
        }
    }

    private static void createTopics(SecuredBroker broker) throws Exception {
        Properties settings = new Properties();
        settings.putAll(broker.settings("topics"));
        settings.putAll(ASSISTANT);
        settings.putAll(
                Map.of("topics.partitions", "8", "topics.replication.factor", "1", "topics.min.insync.replicas", "1"));
        Path file = directory.resolve("topics.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        for (String command : List.of("create", "check")) {
            Ran ran = Ran.lull("topics", command, "--config", file.toString());
            assertThat(ran.exitCode()).as(ran.err()).isZero();
        }
    }

    /// @param name of the process; `folder` is the one for its log
    private static ChildService start(
            String name, String folder, Map<String, String> settings, SecuredBroker broker, Lifecycle components)
            throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(broker.settings(name));
        all.put("streams.state.dir", directory.resolve("state-" + folder).toString());
        Path own = Files.createDirectories(directory.resolve(folder));
        return components
                .add(folder, new ChildService(name, all, own, World.CLASS_PATH))
                .start()
                .awaitReady();
    }

    /// A customer and an agent.
    private static void talk(World world) {
        world.says(CUSTOMER, "Hello");
        await().atMost(PATIENCE).until(() -> world.chats(CUSTOMER).size() == 1);
        JsonNode chat = world.chats(CUSTOMER).getFirst();
        world.agentSays(chat, "Hi there");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(CUSTOMER).contains("Hi there"));
    }

    /// A customer and an application, which hands over to an agent. After a restart the process reads what was done.
    private static void talkToApplication(World world, ChildService process) throws Exception {
        String customer = "15550000002";
        world.says(NUMBER_OF_APPLICATION, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("You wrote: Hello"));
        world.says(NUMBER_OF_APPLICATION, customer, "A person, please");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("A person, please"));
        process.stop();
        process.start().awaitReady();
        world.says(NUMBER_OF_APPLICATION, customer, "Are you there?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Are you there?"));
    }

    private static void talkToAssistant(World world) {
        String customer = "15550000003";
        world.says(NUMBER_OF_ASSISTANT, customer, "Where is order 17?");
        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(customer).stream().anyMatch(text -> text.contains("arrives tomorrow")));
        assertThat(world.records(Topics.APPLICATION_TURN_EXPECTED.name())).isNotEmpty();
    }

    private static void filesAndTranscripts(World world) {
        String image = world.uploads("not really a picture".getBytes(StandardCharsets.UTF_8), "image/jpeg");
        world.sends(CUSTOMER, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg'}}");
        String voice = world.uploads(OggOpus.of(16_000, "says:See you at nine."), "audio/ogg");
        world.sends(CUSTOMER, "{'type':'audio','audio':{'id':'" + voice + "','mime_type':'audio/ogg','voice':true}}");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(CUSTOMER).contains("[voice note in words] See you at nine."));
        await().atMost(PATIENCE)
                .until(() -> world.files(world.chats(CUSTOMER).getFirst()).containsKey("image.jpg"));
    }

    private static void refusedReply(World world) {
        world.fault(world.graph("/"), "{'target':'messages','code':'131047'}");
        world.agentSays(world.chats(CUSTOMER).getFirst(), "Too late");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(CUSTOMER).stream()
                        .anyMatch(text -> text.startsWith("[WhatsApp] ") && text.endsWith("\"Too late\"")));
    }

    /// Each of two aggregators closes turns after the other has stopped.
    private static void twoAggregators(
            Map<String, String> settings,
            SecuredBroker broker,
            Map<String, ChildService> services,
            World world,
            Lifecycle components)
            throws Exception {
        ChildService first = Objects.requireNonNull(services.get("aggregator"));
        Map<String, String> others = new HashMap<>(settings);
        int port = FreePort.next();
        others.put("aggregator.port", Integer.toString(port));
        others.put("aggregator.advertised", "localhost:" + port);
        ChildService second = start("aggregator", "second", others, broker, components);
        first.stop();
        arrives(world, "By the second");
        first.start().awaitReady();
        second.stop();
        arrives(world, "By the first");
    }

    private static void arrives(World world, String text) {
        world.says(CUSTOMER, text);
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(CUSTOMER).stream().anyMatch(one -> one.contains(text)));
    }

    private static void commands(Map<String, String> settings, SecuredBroker broker, Map<String, ChildService> services)
            throws Exception {
        String doctor = file(
                "doctor",
                settings,
                broker,
                services.values().stream()
                        .map(service -> service.admin("").toString())
                        .collect(Collectors.joining(",")));
        Ran healthy = Ran.lull("doctor", "--config", doctor, "--number", World.NUMBER, "--to", CUSTOMER);
        assertThat(healthy.out())
                .contains("All topics are correct", "lull-turn-to-chat has 1 member", "WhatsApp has accepted it")
                .doesNotContain("FAIL", "cannot be checked");
        Ran check = Ran.lull("topics", "check", "--config", file("topics", settings, broker, ""));
        assertThat(check.exitCode()).as(check.out()).isZero();
        Ran gaps = Ran.lull("gap", "show", "--url", "http://localhost:" + settings.get("aggregator.port"));
        assertThat(gaps.exitCode()).as(gaps.err()).isZero();
    }

    private static String file(String user, Map<String, String> settings, SecuredBroker broker, String processes)
            throws Exception {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.putAll(broker.settings(user));
        properties.put("doctor.processes", processes);
        Path file = directory.resolve(user + "-command.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file.toString();
    }

    /// An account's event, a body that is no webhook, and another phone number of the customer.
    private static void otherWebhooks(World world) {
        post(
                world,
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":"
                        + "[{\"field\":\"account_update\",\"value\":{\"event\":\"VERIFIED_ACCOUNT\"}}]}]}");
        post(world, "{\"neither\":\"a webhook nor a part of one\"}");
        world.sends(
                CUSTOMER,
                "{'type':'system','system':{'type':'user_changed_number','body':'changed','wa_id':'15550000009'}}");
    }

    private static void post(World world, String body) {
        assertThat(world.post(body.getBytes(StandardCharsets.UTF_8)).statusCode())
                .as(body)
                .isEqualTo(200);
    }

    private static void reply(LocalOptions options, World world) throws Exception {
        ask(
                options,
                "/replies",
                "{\"to\":{\"phone\":\"" + CUSTOMER
                        + "\"},\"message\":{\"type\":\"text\",\"text\":{\"body\":\"Shipped\"}}}");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(CUSTOMER).contains("Shipped"));
    }

    /// A conversation that the business begins.
    private static void conversation(LocalOptions options, World world) throws Exception {
        String customer = "15550009931";
        ask(
                options,
                "/conversations",
                "{\"to\":{\"phone\":\"" + customer + "\"},\"from\":\"" + World.NUMBER
                        + "\",\"template\":{\"name\":\"order\",\"language\":{\"code\":\"en\"}},\"by\":\"Ana\"}");
        world.says(customer, "Yes");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Yes"));
    }

    /// Asks the ingress for a reply, and waits until the customer has read it.
    private static void ask(LocalOptions options, String path, String body) throws Exception {
        URI uri = URI.create("http://localhost:" + options.ingressPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", path)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            HttpRequest status = HttpRequest.newBuilder(
                            uri.resolve(World.tree(answer.body()).path("status").asText()))
                    .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                    .build();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.send(status, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .contains("\"status\":\"read\""));
        }
    }

    /// An action of the business, with what was performed before.
    private static void action(LocalOptions options) throws Exception {
        URI uri = URI.create("http://localhost:" + options.ingressPort() + "/actions/create_link");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + LocalLull.ACTIONS_TOKEN)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "one")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"prefilled_message\":\"Hello\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static void changeGap(LocalOptions options) throws Exception {
        URI uri =
                URI.create("http://localhost:" + options.aggregatorPort() + "/gaps/" + Topics.MESSAGE_RECEIVED.name());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                            .PUT(HttpRequest.BodyPublishers.ofString("{\"gap\":\"2s\",\"by\":\"test\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /// What nobody can read becomes a dead letter of its topic.
    private static void unreadable(SecuredBroker broker, World world) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.administrator()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Topic topic : WITH_DEAD_LETTERS) {
                byte[] none = "{".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic.name(), none, none)).get();
            }
        }
        for (Topic topic : WITH_DEAD_LETTERS) {
            await(topic.name())
                    .atMost(PATIENCE)
                    .until(() -> !world.records(topic.deadLetters().name()).isEmpty());
        }
    }

    /// A record that could be handled is among the dead letters of each topic, and is sent again.
    private static void deadLetters(Map<String, String> settings, SecuredBroker broker, World world) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.administrator()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Topic topic : WITH_DEAD_LETTERS) {
                ConsumerRecord<String, byte[]> handled = world.records(topic.name()).stream()
                        .filter(record -> record.value().length > 1)
                        .filter(record -> !topic.equals(Topics.MESSAGE_RECEIVED)
                                || new String(record.value(), StandardCharsets.UTF_8).contains("\"kind\":\"message\""))
                        .findFirst()
                        .orElseThrow();
                producer.send(new ProducerRecord<>(
                                topic.deadLetters().name(),
                                handled.key().getBytes(StandardCharsets.UTF_8),
                                handled.value()))
                        .get();
            }
        }
        String file = file("dlq", settings, broker, "");
        Ran listed = Ran.lull("dlq", "list", "--config", file);
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        Ran replayed = Ran.lull("dlq", "replay", "--all", "--config", file);
        assertThat(replayed.out()).as(replayed.err()).contains("Replayed: " + WITH_DEAD_LETTERS.size() + " of ");
        Ran all = Ran.lull("dlq", "list", "--all", "--config", file);
        assertThat(all.out()).as(all.err()).contains("(replayed by ");
    }

    /// What a process asked for and did not get, but for what it only asked to see what it may do.
    private static List<String> refused(SecuredBroker broker) {
        return broker.requests().stream()
                .filter(request -> !request.allowed() && request.told())
                .map(Request::toString)
                .toList();
    }

    private static List<String> unused(SecuredBroker broker) {
        List<Request> requests = broker.requests();
        return Arrays.stream(KafkaAccess.values())
                // Not without stopping all services, or without a customer who is gone; KafkaCommandRightsIT runs them.
                .filter(process -> process != KafkaAccess.REPARTITION && process != KafkaAccess.ERASE)
                .flatMap(process -> process.of(SCOPE).stream()
                        .flatMap(right -> right.sorted().stream()
                                .filter(operation -> requests.stream()
                                        .noneMatch(request -> uses(request, process, right, operation)))
                                .map(operation ->
                                        process.word() + " " + operation + " " + right.type() + " " + right.name())))
                .collect(Collectors.toList());
    }

    private static boolean uses(Request request, KafkaAccess process, Right right, AclOperation operation) {
        boolean isOn = right.pattern() == PatternType.PREFIXED
                ? request.name().startsWith(right.name())
                : request.name().equals(right.name());
        return isOn
                && request.user().equals(process.word())
                && request.type() == right.type()
                && request.operation() == operation
                && request.allowed()
                && request.told();
    }
}
