package lull.local.trypage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reader of what has no topic: chats, phones, receipts, faults and open turns. It asks only while a page is open.
final class StateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);
    private static final long EVERY_MILLIS = 200;

    private final TryPage.Options options;
    private final Neighbours neighbours;
    private final Feed feed;

    /// Conversations in which a turn may be open.
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("try-page").daemon().factory());

    @SuppressWarnings("FutureReturnValueIgnored") // Runs until it is closed.
    StateWatch(TryPage.Options options, Neighbours neighbours, Feed feed) {
        this.options = options;
        this.neighbours = neighbours;
        this.feed = feed;
        thread.scheduleWithFixedDelay(this::lookAround, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// A customer wrote, so that a turn of the conversation is open.
    void opened(String conversation) {
        busy.add(conversation);
    }

    /// A turn of the conversation was closed.
    synchronized void closed(String conversation) {
        busy.remove(conversation);
        feed.set("turn-open " + conversation, open(conversation, null));
    }

    private void lookAround() {
        if (!feed.hasListeners()) {
            return;
        }
        try {
            for (String conversation : busy) {
                showOpenTurn(conversation);
            }
            show("chats", options.connect().resolve("/_agent/chats"));
            show("phones", options.graph().resolve("/_phone/messages"));
            show("receipts", options.graph().resolve("/_phone/receipts"));
            feed.set("faults", Json.text(faults()));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The page cannot be brought up to date");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(String name, URI address) throws IOException, InterruptedException {
        feed.set(name, Json.text(neighbours.json(address)));
    }

    private void showOpenTurn(String conversation) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = neighbours.send(HttpRequest.newBuilder(options.aggregator()
                        .resolve("/turns/open?conversation=" + URLEncoder.encode(conversation, StandardCharsets.UTF_8)))
                .header("Authorization", BearerTokens.header(options.operatorToken())));
        if (answer.statusCode() == 200) {
            try {
                setOpenTurn(conversation, Json.tree(answer.body()));
            } catch (UnreadableJson e) {
                throw new IOException("The open turn is not JSON", e);
            }
        }
    }

    /// The answer may be older than the end of the turn, which the topic has reported meanwhile.
    private synchronized void setOpenTurn(String conversation, JsonNode turn) {
        if (busy.contains(conversation)) {
            feed.set("turn-open " + conversation, open(conversation, turn));
        }
    }

    private static String open(String conversation, @Nullable JsonNode turn) {
        ObjectNode json = Json.object().put("conversation", conversation);
        json.set("turn", turn);
        return Json.text(json);
    }

    private ArrayNode faults() throws IOException, InterruptedException {
        Map<Boolean, JsonNode> faults = Map.of(
                true, neighbours.json(options.connect().resolve("/_faults")),
                false, neighbours.json(options.graph().resolve("/_faults")));
        ArrayNode array = Json.object().putArray("faults");
        for (FaultSwitch fault : FaultSwitch.values()) {
            JsonNode present = faults.getOrDefault(fault.ofConnect(), array);
            array.addObject()
                    .put("id", fault.id())
                    .put("label", fault.label())
                    .put(
                            "on",
                            present.valueStream()
                                    .anyMatch(it -> it.path("target").asText().equals(fault.target())));
        }
        return array;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
