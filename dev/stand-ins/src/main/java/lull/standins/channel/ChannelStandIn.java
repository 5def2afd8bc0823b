package lull.standins.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;
import org.jspecify.annotations.Nullable;

/// Stand-in of a program that is a channel: it accepts replies that are signed by its secret, each once, keeps what it
/// was sent, and has files of customers. Safe for several threads.
public final class ChannelStandIn implements AutoCloseable {

    /// The secret by which its replies are signed.
    public static final String SECRET = "whsec_bG9jYWwtY2hhbm5lbC1zZWNyZXQtMDEyMzQ1";

    /// The target of its faults.
    public static final String TARGET = "channel";

    private final FaultBook faults = new FaultBook(List.of(TARGET));
    private final List<ObjectNode> messages = new ArrayList<>();
    private final Map<String, String> idByRequest = new HashMap<>();
    private final Map<String, TypedFile> files = new ConcurrentHashMap<>();
    private final StandInServer server;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record TypedFile(String contentType, byte[] bytes) {}

    private ChannelStandIn(String host, int port) {
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_messages", this::list));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.post("/replies", this::reply).get("/files/{name}", this::file),
                context -> Json.answer(context, 404, Json.object().put("error", "Not Found")));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    public static ChannelStandIn start(String host, int port) {
        return new ChannelStandIn(host, port);
    }

    /// Its address, for its control routes.
    public URI uri() {
        return server.uri();
    }

    /// The value of `channel.<name>.url`.
    public String url() {
        return uri() + "/replies";
    }

    /// Keeps a file of a customer, and returns its address.
    public String serve(String name, String contentType, byte[] bytes) {
        files.put(name, new TypedFile(contentType, bytes.clone()));
        return uri() + "/files/" + name;
    }

    private void file(Context context) {
        TypedFile file = files.get(context.pathParam("name"));
        if (file == null) {
            Json.answer(context, 404, Json.object().put("error", "No such file"));
        } else {
            context.contentType(file.contentType()).result(file.bytes());
        }
    }

    private void reply(Context context) {
        byte[] body = context.bodyAsBytes();
        Optional<ObjectNode> request = Json.read(body);
        if (!isSigned(context, body)) {
            Json.answer(context, 401, Json.object().put("error", "The signature is wrong"));
            return;
        }
        if (request.isEmpty()
                || !request.get().path("type").asText().equals("reply.requested")
                || !request.get().at("/data/message/type").isTextual()) {
            Json.answer(context, 400, Json.object().put("error", "This is no reply"));
            return;
        }
        Optional<Fault> fault = faults.take(TARGET, Json.write(request.get()));
        if (fault.isPresent() && fault.get().takesEffect()) {
            keep(context, request.get());
        }
        fault.ifPresent(Fault::pause);
        if (fault.isPresent() && fault.get().status().isPresent()) {
            if (!fault.get().code().isEmpty()) {
                context.header("Retry-After", fault.get().code());
            }
            Json.answer(
                    context,
                    fault.get().status().get(),
                    Json.object().put("error", fault.get().message()));
            return;
        }
        ObjectNode answer = Json.object().put("messageId", keep(context, request.get()));
        if (fault.map(Fault::reset).orElse(false)) {
            Json.breakOff(context, 200, answer);
        } else if (fault.map(Fault::hangs).orElse(false)) {
            Json.hang(context, 200, answer);
        } else {
            Json.answer(context, 200, answer);
        }
    }

    /// Returns the id of a message; that of the first request for a repeated one.
    private String keep(Context context, ObjectNode request) {
        String requestId = String.valueOf(context.header("webhook-id"));
        synchronized (messages) {
            return idByRequest.computeIfAbsent(requestId, _ -> {
                messages.add(request.put("id", "c-" + (messages.size() + 1)));
                return "c-" + messages.size();
            });
        }
    }

    private static boolean isSigned(Context context, byte[] body) {
        String signed = context.header("webhook-id") + "." + context.header("webhook-timestamp") + ".";
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring(6)), "HmacSHA256"));
            mac.update(signed.getBytes(StandardCharsets.UTF_8));
            String right = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return isEqual(context.header("webhook-signature"), right);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEqual(@Nullable String given, String right) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private void list(Context context) {
        String to = context.queryParam("to");
        ArrayNode list = Json.array();
        synchronized (messages) {
            messages.stream()
                    .filter(message ->
                            to == null || to.equals(message.at("/data/to").asText()))
                    .forEach(message -> list.add(message.deepCopy()));
        }
        Json.answer(context, 200, list);
    }

    @Override
    public void close() {
        server.close();
    }
}
