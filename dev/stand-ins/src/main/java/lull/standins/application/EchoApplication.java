package lull.standins.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;

/// Application that repeats each turn to the customer, and hands the conversation over if the customer asks for a
/// person: `docs/applications.md` describes what it gets and answers. It answers a turn that it knows by its id as
/// before, and checks no signature. Safe for several threads.
public final class EchoApplication implements AutoCloseable {

    /// The word by which a customer asks for a person, in upper or lower case.
    public static final String PERSON = "person";

    private static final String PATH = "/turns";
    private static final String TARGET = "turns";

    private final FaultBook faults = new FaultBook(List.of(TARGET));

    /// What it has taken, by the id of the turn, oldest first.
    private final Map<String, ObjectNode> taken = new LinkedHashMap<>();

    private final StandInServer server;

    private EchoApplication(String host, int port) {
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_turns", this::list));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.post(PATH, this::handle),
                context -> refuse(context, 404, "Turns are posted to " + PATH));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    public static EchoApplication start(String host, int port) {
        return new EchoApplication(host, port);
    }

    /// The address to which turns are posted.
    public URI uri() {
        return server.uri().resolve(PATH);
    }

    private void handle(Context context) {
        Optional<JsonNode> turn = Json.read(context.bodyAsBytes())
                .map(event -> event.path("data"))
                .filter(EchoApplication::isTurn);
        Optional<Fault> fault = faults.take(TARGET, turn.map(JsonNode::toString).orElse(""));
        fault.ifPresent(Fault::pause);
        if (fault.isPresent() && fault.get().status().isPresent()) {
            if (fault.get().takesEffect()) {
                turn.ifPresent(this::take);
            }
            refuse(context, fault.get().status().get(), fault.get().message());
        } else if (turn.isEmpty()) {
            refuse(context, 400, "This is no turn");
        } else {
            ObjectNode answer = take(turn.get());
            if (fault.map(Fault::reset).orElse(false)) {
                Json.breakOff(context, 200, answer);
            } else if (fault.map(Fault::hangs).orElse(false)) {
                Json.hang(context, 200, answer);
            } else {
                Json.answer(context, 200, answer);
            }
        }
    }

    private static boolean isTurn(JsonNode turn) {
        return turn.path("id").isTextual() && turn.path("text").isTextual();
    }

    /// Remembers a turn, and counts how often it came.
    private ObjectNode take(JsonNode turn) {
        synchronized (taken) {
            ObjectNode known = taken.computeIfAbsent(
                    turn.path("id").textValue(),
                    id -> Json.object().put("id", id).put("times", 0));
            known.put("times", known.path("times").intValue() + 1);
            known.put("customer", turn.path("customer").path("phone").asText());
            known.put("text", turn.path("text").textValue());
        }
        String said = String.join("\n", turn.path("items").findValuesAsText("transcript"));
        return answer(turn.path("text").textValue(), said);
    }

    private void list(Context context) {
        String customer = context.queryParam("customer");
        ArrayNode turns = Json.array();
        synchronized (taken) {
            taken.values().stream()
                    .filter(turn ->
                            customer == null || turn.path("customer").asText().equals(customer))
                    .forEach(turn -> turns.add(turn.deepCopy()));
        }
        Json.answer(context, 200, turns);
    }

    /// @param said in voice notes
    private static ObjectNode answer(String text, String said) {
        ObjectNode answer = Json.object();
        if (text.toLowerCase(Locale.ROOT).contains(PERSON)) {
            answer.putObject("handover").put("reason", "The customer asks for a person");
        } else {
            answer.putArray("replies")
                    .addObject()
                    .put("type", "text")
                    .putObject("text")
                    .put("body", echo(text, said));
        }
        return answer;
    }

    private static String echo(String text, String said) {
        if (!said.isEmpty()) {
            return "You said: " + said;
        }
        return text.isEmpty() ? "I read text only" : "You wrote: " + text;
    }

    private static void refuse(Context context, int status, String message) {
        Json.answer(context, status, Json.object().put("error", message));
    }

    @Override
    public void close() {
        server.close();
    }
}
