package lull.console.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.console.figures.ProcessState.Degraded;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;

/// Visit of one admin port: its `/info`, `/readyz`, `/waiting` and `/metrics`. Safe for several threads.
final class ProcessVisit {

    private static final int MAX_WAITING_BYTES = 1024 * 1024;
    private static final int MAX_METRICS_BYTES = 16 * 1024 * 1024;

    /// The meters that the pages show.
    private static final Set<String> SHOWN = Set.of(
            "lull_webhook_messages_total",
            "lull_turns_closed_total",
            "lull_bridge_turns_total",
            "lull_applications_turns_total",
            "lull_bridge_replies_total",
            "lull_turns_open",
            "lull_turn_delay_seconds",
            "lull_kafka_lag",
            "lull_kafka_partitions",
            "lull_archive_lag",
            "lull_bridge_lanes_waiting",
            "lull_applications_lanes_waiting",
            "lull_bridge_lanes_stuck_records",
            "lull_applications_lanes_stuck_records",
            "lull_bridge_attempts_seconds_count",
            "lull_applications_attempts_seconds_count",
            "lull_bridge_chats_open",
            "lull_bridge_connect_calls_seconds_count",
            "lull_bridge_connect_pace",
            "lull_bridge_connect_circuit",
            "lull_applications_circuit_open",
            "lull_bridge_quota_share",
            "lull_bridge_whatsapp_calls_seconds_count",
            "lull_bridge_pauses",
            "lull_applications_pauses",
            "process_uptime_seconds");

    private final BoundedHttpClient client;
    private final Duration limit;
    private final InstantSource clock;

    /// @param limit for each request
    ProcessVisit(BoundedHttpClient client, Duration limit, InstantSource clock) {
        this.client = client;
        this.limit = limit;
        this.clock = clock;
    }

    /// Returns the state of a process. It does not throw if the process does not answer.
    ///
    /// @param before its state at the last visit
    ProcessState of(URI address, Optional<ProcessState> before) throws InterruptedException {
        try {
            JsonNode info = Json.tree(get(address, "/info", BoundedHttpClient.JSON_BYTES));
            JsonNode ready = Json.tree(get(address, "/readyz", BoundedHttpClient.JSON_BYTES));
            String metrics = new String(get(address, "/metrics", MAX_METRICS_BYTES), StandardCharsets.UTF_8);
            return new ProcessState(
                    address.toString(),
                    info.path("process").asText("unknown"),
                    info.path("version").asText(""),
                    clock.instant(),
                    null,
                    ready.path("ready").asBoolean(),
                    texts(ready.path("problems")),
                    degraded(ready.path("degraded")),
                    MetricsText.read(metrics, SHOWN),
                    waiting(Json.tree(get(address, "/waiting", MAX_WAITING_BYTES))));
        } catch (IOException e) {
            return unknown(address, before, "does not answer (" + e.getClass().getSimpleName() + ")");
        } catch (UnreadableJson e) {
            return unknown(address, before, "answers, but not as an admin port of Lull does");
        }
    }

    ProcessState unknown(URI address, Optional<ProcessState> before, String problem) {
        return new ProcessState(
                address.toString(),
                before.map(ProcessState::name).orElse("unknown"),
                before.map(ProcessState::version).orElse(""),
                clock.instant(),
                problem,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private byte[] get(URI address, String path, int maxBytes) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(address.resolve(path)).build(), limit, maxBytes);
        return answer.body();
    }

    /// Returns what waits; nothing if the process is of a version that does not tell.
    private static List<ProcessState.Waiting> waiting(JsonNode body) {
        List<ProcessState.Waiting> all = new ArrayList<>();
        body.path("flows")
                .properties()
                .forEach(flow -> flow.getValue()
                        .forEach(one -> all.add(new ProcessState.Waiting(
                                flow.getKey(),
                                one.path("conversation").asText(),
                                Timestamps.ofIso(one.path("since").asText()).orElse(Instant.EPOCH),
                                one.path("records").asInt(),
                                one.path("attempts").asInt(),
                                one.path("reason").asText()))));
        return all;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Degraded> degraded(JsonNode array) {
        List<Degraded> degraded = new ArrayList<>();
        array.forEach(each -> degraded.add(new Degraded(
                each.path("part").asText(),
                each.path("scope").asText(),
                each.path("cause").asText())));
        return degraded;
    }
}
