package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.contract.json.UnreadableJson;
import lull.standins.http.AdjustableClock;
import lull.standins.http.ControlClient;
import lull.standins.http.Json;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.GraphClient;
import lull.whatsapp.TokenHosts;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionClients;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ActionRunner;
import lull.whatsapp.action.ActionValidation;
import lull.whatsapp.action.registry.Actions;

/// A Graph stand-in, and the actions that call it.
final class ActionLine implements AutoCloseable {
    static final String NUMBER = "100000000000001";
    static final String ACCOUNT = "200000000000001";
    static final String CUSTOMER = "15550001001";

    final AdjustableClock clock = new AdjustableClock();
    final GraphStandIn standIn =
            GraphStandIn.start(GraphStandIn.Options.defaults().withClock(clock).withoutStatuses());
    final ControlClient control = new ControlClient(standIn.uri());
    private final GraphClient graph;
    private final ActionRunner runner;

    ActionLine() {
        this("v24.0");
    }

    ActionLine(String version) {
        graph = new GraphClient(new GraphClient.Options(
                standIn.uri(),
                GraphAccess.same(version, "local-token"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20)));
        runner = new ActionRunner(new ActionClients(
                graph, Optional.empty(), new TokenHosts(standIn.uri(), List.of()), Duration.ofSeconds(20)));
    }

    /// Performs an action with parameters that are valid.
    ActionResult perform(String name, String json) {
        Action action = Actions.find(name).orElseThrow(() -> new AssertionError("no action " + name));
        try {
            ObjectNode given = lull.contract.json.Json.convert(lull.contract.json.Json.tree(json), ObjectNode.class);
            List<String> problems = ActionValidation.problems(action.descriptor(), given);
            if (!problems.isEmpty()) {
                throw new AssertionError(name + ": " + problems);
            }
            return runner.perform(action, given);
        } catch (UnreadableJson | InterruptedException e) {
            throw new AssertionError(name, e);
        }
    }

    /// Performs an action that must succeed; returns what WhatsApp answered.
    JsonNode done(String name, String json) {
        ActionResult result = perform(name, json);
        if (result instanceof ActionResult.Done(JsonNode body)) {
            return body;
        }
        throw new AssertionError(name + ": " + result);
    }

    /// Performs an action that must fail.
    ActionResult.Failed failed(String name, String json) {
        ActionResult result = perform(name, json);
        if (result instanceof ActionResult.Failed failed) {
            return failed;
        }
        throw new AssertionError(name + ": " + result);
    }

    /// The parameters of the example, with others over them.
    static String example(String name, String... more) {
        ObjectNode given =
                Actions.find(name).orElseThrow().descriptor().example().deepCopy();
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return Json.write(given);
    }

    /// The customer writes, which opens the care window.
    void write() {
        control.post(
                "/_phone/messages",
                "{\"from\":\"%s\",\"phoneNumberId\":\"%s\",\"text\":\"Hello\"}".formatted(CUSTOMER, NUMBER));
    }

    @Override
    public void close() {
        graph.close();
        control.close();
        standIn.close();
    }
}
