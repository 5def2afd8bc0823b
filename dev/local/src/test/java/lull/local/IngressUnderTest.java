package lull.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.cli.Configuration;
import lull.contract.topic.Topics;
import lull.ingress.IngressService;
import lull.ingress.http.TestWebhook;
import lull.local.broker.BrokerProcess;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// A broker, the topics of the catalogue and one ingress in this JVM, and nothing that reads them. The broker is the
/// shared one, or a process of its own, which a test may stop.
final class IngressUnderTest implements AutoCloseable {

    static final String SECRET = "test-secret";

    private final LocalOptions options;
    private final Lifecycle components = new Lifecycle();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String bootstrapServers;
    private final @Nullable BrokerProcess broker;

    private IngressUnderTest(LocalOptions options, String bootstrapServers, @Nullable BrokerProcess broker) {
        this.options = options;
        this.bootstrapServers = bootstrapServers;
        this.broker = broker;
    }

    /// Starts an ingress with the shared broker.
    ///
    /// @param settings over the defaults and those of this test, by name
    static IngressUnderTest start(Path directory, Map<String, String> settings) throws Exception {
        IngressUnderTest started =
                new IngressUnderTest(LocalOptions.onFreePorts(directory), SharedBroker.empty(), null);
        return started.started(settings);
    }

    /// Starts an ingress with a broker that can be stopped.
    ///
    /// @param settings over the defaults and those of this test, by name
    static IngressUnderTest startWithOwnBroker(Path directory, Map<String, String> settings) throws Exception {
        LocalOptions options = LocalOptions.onFreePorts(directory);
        BrokerProcess broker = BrokerProcess.start(options.kafkaPort(), directory.resolve("kafka"));
        return new IngressUnderTest(options, broker.bootstrapServers(), broker).started(settings);
    }

    private IngressUnderTest started(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>();
        all.put("ingress.port", Integer.toString(options.ingressPort()));
        all.put("admin.port", Integer.toString(options.adminPort()));
        all.put("whatsapp.app.secrets", SECRET);
        all.put("whatsapp.verify.token", "test-token");
        all.put("kafka.bootstrap.servers", bootstrapServers);
        // Needed by others alone.
        all.put("connect.instance.id", "none");
        all.put("connect.contact.flow.id", "none");
        all.put("connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:none");
        all.put("whatsapp.access.token", "none");
        all.putAll(settings);
        String inputs = all.getOrDefault("topics.inputs", Topics.MESSAGE_RECEIVED.name());
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
            keeper.create(Topics.all(List.of(inputs.split(","))), new TopicKeeper.Layout(4, (short) 1, 1));
        }
        ServiceProcess.start("ingress", Configuration.load(Map.of(), all), components, IngressService::start);
        return this;
    }

    /// A reader of topics, from their beginning.
    TopicReader reader(List<String> topics) {
        return new TopicReader(bootstrapServers, topics);
    }

    void stopBroker() throws InterruptedException {
        own().stop();
    }

    void startBroker() throws Exception {
        own().start();
    }

    /// Halts the broker until [#resumeBroker()]: it answers nothing, and is back at once.
    void pauseBroker() throws IOException, InterruptedException {
        own().pause();
    }

    void resumeBroker() throws IOException, InterruptedException {
        own().resume();
    }

    /// Stops the ingress alone, as a process does.
    void stopIngress() {
        components.close();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + options.ingressPort() + path);
    }

    URI admin(String path) {
        return URI.create("http://localhost:" + options.adminPort() + path);
    }

    /// Posts a webhook with the right signature.
    HttpResponse<String> post(byte[] body) {
        return post("/webhooks/whatsapp", body, SECRET);
    }

    HttpResponse<String> post(String path, byte[] body, String secret) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .header("X-Hub-Signature-256", TestWebhook.signature(body, secret))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// Posts what SNS would.
    HttpResponse<String> deliver(String envelope) {
        return send(HttpRequest.newBuilder(uri("/webhooks/sns"))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(envelope)));
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

    /// What it says of itself.
    String readyz() {
        return send(HttpRequest.newBuilder(admin("/readyz"))).body();
    }

    boolean isReady() {
        return send(HttpRequest.newBuilder(admin("/readyz"))).statusCode() == 200;
    }

    String scrape() {
        return send(HttpRequest.newBuilder(admin("/metrics"))).body();
    }

    /// All records of a topic so far.
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return TopicReader.all(bootstrapServers, topic);
    }

    @Override
    public void close() {
        components.close();
        client.close();
        if (broker != null) {
            broker.close();
        }
    }

    private BrokerProcess own() {
        return requireNonNull(broker, "The shared broker is not stopped");
    }
}
