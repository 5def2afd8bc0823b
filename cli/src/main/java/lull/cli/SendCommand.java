package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import lull.cli.json.JsonOutput;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.ingress.http.TestWebhook;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull send`: sends to an ingress as WhatsApp does, with a signed webhook for each text, or for a
/// file as it is.
@Command(
        name = "send",
        description = "Sends signed webhooks to an ingress, as WhatsApp does: each text is one message.",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "What the customer writes, each text a message.")
    private List<String> texts = List.of();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "File with the body of a webhook, sent unchanged" + " instead of texts.")
    private @Nullable Path file;

    @Option(
            names = "--from",
            defaultValue = "15550001001",
            description = "The customer's number. Default: ${DEFAULT-VALUE}")
    private String from = "";

    @Option(
            names = "--name",
            defaultValue = "Test customer",
            description = "The customer's name. Default: ${DEFAULT-VALUE}")
    private String name = "";

    @Option(
            names = "--number",
            defaultValue = "100000000000001",
            description = "The business number's phone_number_id. Default: ${DEFAULT-VALUE}")
    private String number = "";

    @Option(names = "--pause", defaultValue = "1s", description = "Time between two texts. Default: ${DEFAULT-VALUE}")
    private String pause = "";

    @Option(
            names = "--url",
            converter = HttpAddress.class,
            defaultValue = "http://localhost:8080/webhooks/whatsapp",
            description = "The ingress; without a path, its /webhooks/whatsapp. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost");

    @Option(
            names = "--app",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The app that receives the webhooks, as in whatsapp.apps. Default: that of the ingress's own"
                    + " settings")
    private String app = "";

    @Option(
            names = "--secret",
            defaultValue = "local-secret",
            description = "App secret that signs the webhooks. Default: that of `lull local`.")
    private String secret = "";

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            description = "How long to wait for an answer. Default: ${DEFAULT-VALUE}")
    private String timeout = "";

    @Mixin
    private final TlsClient tls = new TlsClient();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (url.getPath().isEmpty() || url.getPath().equals("/")) {
            url = url.resolve("/webhooks/whatsapp");
        }
        url = ofApp(url);
        List<byte[]> bodies = bodies();
        Duration between = span("--pause", pause);
        Duration limit = span("--timeout", timeout);
        int refused = 0;
        try (BoundedHttpClient client = tls.client(CONNECT_LIMIT)) {
            for (int i = 0; i < bodies.size(); i++) {
                if (i > 0) {
                    Thread.sleep(between);
                }
                refused += post(client, bodies.get(i), limit) ? 0 : 1;
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private URI ofApp(URI ingress) {
        if (app.isEmpty()) {
            return ingress;
        }
        if (!Formats.APP.matches(app)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--app must be a name of lower-case letters, digits and hyphens (it is '" + app + "')");
        }
        if (ingress.getRawQuery() != null) {
            throw new ParameterException(spec.commandLine(), "--app cannot be used when --url has a query");
        }
        return URI.create(ingress + "?appId=" + app);
    }

    private Duration span(String option, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + " " + e.getMessage(), e);
        }
    }

    private List<byte[]> bodies() {
        Path given = file;
        if (given != null) {
            try {
                return List.of(Files.readAllBytes(given));
            } catch (IOException e) {
                throw new CannotStart(FileProblem.words(given, e), e);
            }
        }
        if (texts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give a text to send, or --file");
        }
        List<byte[]> bodies = new ArrayList<>();
        for (String text : texts) {
            String id = "wamid.TEST" + UUID.randomUUID().toString().replace("-", "");
            bodies.add(new TestWebhook(number, from, name)
                    .text(id, text, InstantSource.system().instant()));
        }
        return bodies;
    }

    /// Returns the ids of the messages in a webhook, by which they are found on the topics and in the
    /// logs.
    private static List<String> messageIds(byte[] body) {
        try {
            return Json.tree(body).findValues("messages").stream()
                    .flatMap(JsonNode::valueStream)
                    .map(message -> message.path("id").asText())
                    .filter(id -> !id.isEmpty())
                    .toList();
        } catch (UnreadableJson e) {
            return List.of();
        }
    }

    /// Returns the answer to a webhook for programs. An answer that is no JSON is a text, and an empty one is absent.
    static Map<String, @Nullable Object> json(int status, List<String> messageIds, byte[] answer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", status);
        json.put("messageIds", messageIds);
        json.put("answer", answer(answer));
        return json;
    }

    private static @Nullable Object answer(byte[] answer) {
        String words = new String(answer, StandardCharsets.UTF_8).strip();
        try {
            return words.isEmpty() ? null : Json.tree(answer);
        } catch (UnreadableJson e) {
            return words;
        }
    }

    private boolean post(BoundedHttpClient client, byte[] body, Duration limit) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", TestWebhook.signature(body, secret))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, limit, BoundedHttpClient.JSON_BYTES);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CannotStart("Nothing listens at " + url + ": is Lull running there?", e);
        } catch (HttpTimeoutException e) {
            throw new CannotStart(
                    "The ingress at " + url + " has not answered within " + Durations.text(limit)
                            + ": see its /readyz, and send again",
                    e);
        } catch (SSLException e) {
            throw new CannotStart(TlsClient.problem(url, e), e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The answer of " + url + " did not arrive, or is none of an ingress ("
                            + e.getClass().getSimpleName()
                            + "): see its log, and send again; use https if ingress.tls.keystore is set",
                    e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(json(response.statusCode(), messageIds(body), response.body()), out);
            return response.statusCode() == 200;
        }
        String words = new String(response.body(), StandardCharsets.UTF_8);
        out.println((response.statusCode() + " " + String.join(" ", messageIds(body)) + " " + words).strip());
        out.flush();
        return response.statusCode() == 200;
    }
}
