package lull.local.trypage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.ingress.http.TestWebhook;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.StandInServer;
import org.jspecify.annotations.Nullable;

/// HTTP port of the page on which a newcomer tries Lull. What is clicked goes to the services and stand-ins by
/// their own ports; what happens is reported by server-sent events. Everything is in the jar.
public final class TryPage implements AutoCloseable {

    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    /// Files that people have sent run nothing, even if they are opened as pages.
    private static final String FILE_POLICY = "default-src 'none'; sandbox";

    private static final Pattern SHOWN = Pattern.compile("(?:image|audio|video)/[a-z0-9.+-]+");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z._-]{1,100}");
    private static final Pattern PHONE = Pattern.compile("[0-9]{5,15}");

    private final Options options;
    private final Neighbours neighbours;
    private final Feed feed;
    private final StateWatch states;
    private final TopicWatch topics;
    private final StandInServer server;

    private volatile boolean open = true;

    /// Options for the port of the page, and for the services and stand-ins that it uses.
    ///
    /// @param host the address of this machine on which it listens
    /// @param ingress address of the webhooks
    /// @param appSecret signs them
    /// @param businessNumber to which customers write
    /// @param aggregator address of the operators' API
    /// @param connect address of the stand-in of Amazon Connect
    /// @param graph address of the stand-in of WhatsApp
    public record Options(
            String host,
            int port,
            URI ingress,
            String appSecret,
            String businessNumber,
            URI aggregator,
            String operatorToken,
            URI connect,
            URI graph,
            String bootstrapServers) {}

    private TryPage(Options options) {
        this.options = options;
        this.neighbours = new Neighbours();
        this.feed = new Feed();
        this.states = new StateWatch(options, neighbours, feed);
        this.topics = TopicWatch.start(options.bootstrapServers(), feed, states);
        this.server = StandInServer.start(
                options.host(), options.port(), routes(), TryPage::guard, context -> context.status(404));
    }

    /// Starts the page on its port.
    public static TryPage start(Options options) {
        return new TryPage(options);
    }

    @Override
    public void close() {
        open = false;
        topics.close();
        states.close();
        server.close();
        neighbours.close();
    }

    private List<ControlRoute> routes() {
        return List.of(
                ControlRoute.get("/", file("try.html", "text/html; charset=utf-8")),
                ControlRoute.get("/try.css", file("try.css", "text/css; charset=utf-8")),
                ControlRoute.get("/try.js", file("try.js", "text/javascript; charset=utf-8")),
                ControlRoute.get("/icon.svg", file("icon.svg", "image/svg+xml")),
                ControlRoute.get("/voice.ogg", file("voice.ogg", "audio/ogg; codecs=opus")),
                ControlRoute.get("/events", this::report),
                ControlRoute.post("/customers/{phone}/messages", this::write),
                ControlRoute.post("/media", this::upload),
                ControlRoute.get("/media/{id}", this::medium),
                ControlRoute.post("/chats/{contactId}/join", context -> act(context, "join")),
                ControlRoute.post("/chats/{contactId}/messages", context -> act(context, "messages")),
                ControlRoute.post("/chats/{contactId}/attachments", context -> act(context, "attachments")),
                ControlRoute.post("/chats/{contactId}/typing", context -> act(context, "typing")),
                ControlRoute.post("/chats/{contactId}/transfer", context -> act(context, "transfer")),
                ControlRoute.post("/chats/{contactId}/end", context -> act(context, "end")),
                ControlRoute.get("/chats/{contactId}/attachments/{attachmentId}", this::attachment),
                ControlRoute.post("/faults/{id}", this::setFault));
    }

    private static void guard(RoutesConfig routes) {
        routes.before(context -> {
            context.header("Content-Security-Policy", POLICY);
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Referrer-Policy", "no-referrer");
            context.header("Cache-Control", "no-store");
            // Another site's page must not write to this machine through the browser of its user.
            String site = context.header("Sec-Fetch-Site");
            if (context.method().toString().equals("POST") && site != null && !site.equals("same-origin")) {
                throw ControlException.ofStatus(403, "Only the page itself may send this");
            }
        });
    }

    private static Handler file(String name, String type) {
        byte[] content;
        try (InputStream in = TryPage.class.getResourceAsStream("/lull/local/trypage/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The file " + name + " is missing in the jar");
            }
            content = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The file " + name + " cannot be read", e);
        }
        return context -> context.contentType(type).result(content);
    }

    /// Server-sent events, as long as the page is open. They are written by the thread of the request:
    /// Javalin's own handler completes an asynchronous request, and if the browser has gone meanwhile,
    /// its error handling does not end.
    private void report(Context context) throws IOException {
        context.contentType("text/event-stream; charset=utf-8");
        OutputStream out = context.res().getOutputStream();
        try (Feed.Listener listener = feed.listen()) {
            while (open && listener.isOpen()) {
                out.write(frame(listener.next()).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // The page was closed, so there is nothing left to do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns an event in the form of the stream; a comment, which finds out whether anybody listens, if
    /// there is none.
    private static String frame(Feed.@Nullable Event event) {
        return event == null ? ":\n\n" : "event: " + event.name().split(" ", 2)[0] + "\ndata: " + event.json() + "\n\n";
    }

    /// A customer's message, given as WhatsApp's object, which goes through the ingress as a signed webhook.
    private void write(Context context) throws IOException, InterruptedException {
        String phone = matching(context, "phone", PHONE);
        ObjectNode body = object(context);
        if (!(body.path("message") instanceof ObjectNode message)
                || !message.path("type").isTextual()) {
            throw ControlException.badRequest("'message' must be an object with a type");
        }
        String id = "wamid.TEST" + UUID.randomUUID();
        byte[] webhook = new TestWebhook(
                        options.businessNumber(), phone, body.path("name").asText("Customer"))
                .message(id, message, InstantSource.system().instant());
        HttpResponse<byte[]> answer = neighbours.send(HttpRequest.newBuilder(options.ingress())
                .header("X-Hub-Signature-256", TestWebhook.signature(webhook, options.appSecret()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(webhook)));
        if (answer.statusCode() != 200) {
            throw ControlException.ofStatus(502, "The ingress answered " + answer.statusCode());
        }
        json(context, Json.object().put("id", id));
    }

    private void upload(Context context) throws IOException, InterruptedException {
        pass(context, post(context, options.graph().resolve("/_phone/media")));
    }

    private void medium(Context context) throws IOException, InterruptedException {
        passFile(context, options.graph().resolve("/_phone/media/" + matching(context, "id", ID)));
    }

    private void attachment(Context context) throws IOException, InterruptedException {
        passFile(
                context,
                options.connect()
                        .resolve("/_agent/chats/" + matching(context, "contactId", ID) + "/attachments/"
                                + matching(context, "attachmentId", ID)));
    }

    private void act(Context context, String action) throws IOException, InterruptedException {
        String query = Optional.ofNullable(context.queryParam("name"))
                .map(name -> "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        URI address =
                options.connect().resolve("/_agent/chats/" + matching(context, "contactId", ID) + "/" + action + query);
        pass(context, post(context, address));
    }

    private void setFault(Context context) throws IOException, InterruptedException {
        FaultSwitch fault = FaultSwitch.of(context.pathParam("id"))
                .orElseThrow(() -> ControlException.notFound("There is no such switch"));
        JsonNode wish = object(context).path("on");
        if (!wish.isBoolean()) {
            throw ControlException.badRequest("'on' must be true or false");
        }
        URI standIn = fault.ofConnect() ? options.connect() : options.graph();
        neighbours.send(HttpRequest.newBuilder(standIn.resolve("/_faults?target=" + fault.target()))
                .DELETE());
        if (wish.asBoolean()) {
            neighbours.send(HttpRequest.newBuilder(standIn.resolve("/_faults"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(fault.body())));
        }
        context.status(204);
    }

    private static HttpRequest.Builder post(Context context, URI address) {
        String type = Optional.ofNullable(context.contentType()).orElse("application/octet-stream");
        return HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(context.bodyAsBytes()));
    }

    private void pass(Context context, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = neighbours.send(request);
        context.status(answer.statusCode()).contentType("application/json").result(answer.body());
    }

    private void passFile(Context context, URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = neighbours.send(HttpRequest.newBuilder(address));
        String type = answer.headers().firstValue("Content-Type").orElse("application/octet-stream");
        boolean isShown = SHOWN.matcher(type.split(";", 2)[0].strip()).matches();
        context.header("Content-Security-Policy", FILE_POLICY);
        context.header("Content-Disposition", isShown ? "inline" : "attachment");
        context.status(answer.statusCode()).contentType(type).result(answer.body());
    }

    private static String matching(Context context, String parameter, Pattern pattern) {
        String value = context.pathParam(parameter);
        if (!pattern.matcher(value).matches()) {
            throw ControlException.badRequest("'" + parameter + "' is not valid");
        }
        return value;
    }

    private static ObjectNode object(Context context) {
        try {
            if (Json.tree(context.bodyAsBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (UnreadableJson e) {
            // The answer is the same as for JSON of another kind.
        }
        throw ControlException.badRequest("The body must be a JSON object");
    }

    private static void json(Context context, JsonNode body) {
        context.contentType("application/json").result(Json.bytes(body));
    }
}
