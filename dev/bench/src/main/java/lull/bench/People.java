package lull.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.UUID;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.ingress.http.TestWebhook;
import lull.local.LocalLull;
import lull.local.LocalOptions;

/// Customers at their phones and agents at their desks, at the stand-ins of a local system.
final class People implements AutoCloseable {

    /// The business number that customers write to.
    static final String NUMBER = "100000000000001";

    /// The one whose turns go to the application.
    static final String NUMBER_OF_APPLICATION = "100000000000061";

    /// The one whose turns go to the assistant.
    static final String NUMBER_OF_ASSISTANT = "100000000000062";

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration CALL = Duration.ofSeconds(20);

    private final LocalOptions options;
    private final URI application;
    private final URI model;
    private final HttpClient http = HttpClient.newHttpClient();

    /// Where nobody has an application.
    People(LocalOptions options) {
        this(options, URI.create("http://localhost:1"), URI.create("http://localhost:1"));
    }

    /// @param application address of an echo application
    /// @param model address of a language model
    People(LocalOptions options, URI application, URI model) {
        this.options = options;
        this.application = application;
        this.model = model;
    }

    /// A customer writes a text, and WhatsApp sends its webhook until it is accepted. Returns whether it was, in time.
    boolean write(String customer, String text, Duration patience) throws InterruptedException {
        return post(text(customer, text), patience);
    }

    /// The same to another business number.
    boolean writeTo(String number, String customer, String text, Duration patience) throws InterruptedException {
        return post(new TestWebhook(number, customer, name(customer)).text(newId(), text, Instant.now()), patience);
    }

    /// The turns of a customer that the application has taken, oldest first, each once.
    List<String> takenByApplication(String customer) throws IOException, InterruptedException {
        return get(application.resolve("/_turns?customer=" + customer).toString())
                .valueStream()
                .map(turn -> turn.path("text").asText())
                .toList();
    }

    /// WhatsApp sends a signed webhook until it is accepted. Returns whether it was, in time.
    boolean post(byte[] body, Duration patience) throws InterruptedException {
        HttpRequest request = webhook(options.ingressPort(), body);
        return insist(() -> request, patience);
    }

    /// The body of a webhook with a text of a customer.
    static byte[] text(String customer, String text) {
        return new TestWebhook(NUMBER, customer, name(customer)).text(newId(), text, Instant.now());
    }

    /// The body of a webhook with a message of a customer that is not a text.
    static byte[] message(String customer, ObjectNode message) {
        return new TestWebhook(NUMBER, customer, name(customer)).message(newId(), message, Instant.now());
    }

    /// A request with a signed webhook.
    ///
    /// @param port of the ingress
    static HttpRequest webhook(int port, byte[] body) {
        return request("http://localhost:" + port + "/webhooks/whatsapp")
                .header("X-Hub-Signature-256", TestWebhook.signature(body, LocalLull.APP_SECRET))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /// The id of a new message.
    static String newId() {
        return "wamid." + UUID.randomUUID();
    }

    /// A customer's phone uploads a file; returns what a webhook says of it.
    ObjectNode upload(byte[] file, String mimeType) throws IOException, InterruptedException {
        HttpRequest request = request("http://localhost:" + options.graphPort() + "/_phone/media")
                .header("Content-Type", mimeType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                .build();
        return (ObjectNode) tree(send(request).body());
    }

    /// The agent of a customer sends a message of a content type in the newest chat. Returns whether the chat took it.
    boolean answer(String customer, String contentType, String text, Duration patience) throws InterruptedException {
        String body = Json.text(Map.of("contentType", contentType, "text", text));
        return insist(() -> ofAgent(customer, "/messages", body), patience);
    }

    /// Ends all faults of the stand-ins.
    void clearFaults() throws IOException, InterruptedException {
        for (int port : List.of(options.connectPort(), options.graphPort())) {
            send(request("http://localhost:" + port + "/_faults").DELETE().build());
        }
    }

    /// The agent of a customer writes a text in the newest chat. Returns whether the chat took it, in time.
    boolean answer(String customer, String text, Duration patience) throws InterruptedException {
        return insist(() -> ofAgent(customer, "/messages", Json.text(Map.of("text", text))), patience);
    }

    /// Hands the newest chat of a customer over to another agent.
    void transfer(String customer, Duration patience) throws InterruptedException {
        insist(() -> ofAgent(customer, "/transfer", "{}"), patience);
    }

    void fault(Mishap.Fault fault) throws IOException, InterruptedException {
        String standIn = switch (fault.where()) {
            case CONNECT -> "http://localhost:" + options.connectPort();
            case WHATSAPP -> "http://localhost:" + options.graphPort();
            case APPLICATION -> application.resolve("/").toString().replaceFirst("/$", "");
            case LANGUAGE_MODEL -> model.resolve("/").toString().replaceFirst("/$", "");
        };
        HttpRequest request = request(standIn + "/_faults")
                .POST(HttpRequest.BodyPublishers.ofString(fault.fault()))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(fault + " was refused: " + answer.body());
        }
    }

    /// The lines that a customer's agents have seen, in all chats, without notes.
    List<String> shown(String customer) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (JsonNode chat : chats(customer)) {
            for (JsonNode item : chat.path("transcript")) {
                if (item.path("type").asText().equals("MESSAGE")
                        && item.path("role").asText().equals("CUSTOMER")) {
                    item.path("content")
                            .asText()
                            .lines()
                            .filter(line -> !line.startsWith("[WhatsApp]"))
                            .forEach(lines::add);
                }
            }
        }
        return lines;
    }

    /// The texts on a customer's phone.
    List<String> phone(String customer) throws IOException, InterruptedException {
        return get("http://localhost:" + options.graphPort() + "/_phone/messages?to=" + customer)
                .valueStream()
                .map(message -> message.path("text").asText())
                .toList();
    }

    @Override
    public void close() {
        http.close();
    }

    private interface Attempt {
        HttpRequest request() throws IOException, InterruptedException;
    }

    private boolean insist(Attempt attempt, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            try {
                if (send(attempt.request()).statusCode() < 300) {
                    return true;
                }
            } catch (IOException e) {
                // Nobody is there now.
            }
            Thread.sleep(LOOK);
        }
        return false;
    }

    private HttpRequest ofAgent(String customer, String action, String body) throws IOException, InterruptedException {
        List<JsonNode> chats = chats(customer);
        if (chats.isEmpty()) {
            throw new IOException("There is no chat yet");
        }
        return request(desk("/" + chats.getLast().path("contactId").asText() + action))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private List<JsonNode> chats(String customer) throws IOException, InterruptedException {
        return get(desk(""))
                .valueStream()
                .filter(chat -> chat.path("customer").asText().equals(name(customer)))
                .toList();
    }

    private String desk(String path) {
        return "http://localhost:" + options.connectPort() + "/_agent/chats" + path;
    }

    /// The name of a customer, by which agents know who writes.
    static String name(String customer) {
        return "Customer " + customer;
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(CALL);
    }

    private JsonNode get(String uri) throws IOException, InterruptedException {
        return tree(send(request(uri).build()).body());
    }

    private static JsonNode tree(String json) throws IOException {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new IOException("Not JSON", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
