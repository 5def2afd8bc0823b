package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lull.aggregator.AggregatorService;
import lull.bridge.BridgeService;
import lull.cli.Configuration;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process whose flows all have a record that hangs stops in the time of one of them.
@Tag("proof")
final class ClosingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration DRAIN = Duration.ofSeconds(6);
    private static final String HANGS = "{'target':'%s','delayMillis':40000,'times':1000}";

    @TempDir
    private static Path directory;

    @Test
    void flowsStopSideBySide() throws Exception {
        LocalOptions options = World.options(directory);
        try (Lifecycle surroundings = new Lifecycle()) {
            LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), surroundings);
            World world = surroundings.add("world", new World(options, lull.bootstrapServers()));
            Lifecycle components = new Lifecycle(DRAIN.multipliedBy(4));
            ServiceProcess.start("local", Configuration.load(Map.of(), settings(lull)), components, context -> {
                BridgeService.start(context);
                AggregatorService.start(context);
                IngressService.start(context);
            });
            lull.awaitReady();
            makeAllHang(world);

            long start = System.nanoTime();
            components.close();
            Duration taken = Duration.ofNanos(System.nanoTime() - start);

            // One after the other they would take three times as long.
            assertThat(taken).isBetween(DRAIN, DRAIN.multipliedBy(5).dividedBy(2));
        }
    }

    private static Map<String, String> settings(LocalLull lull) {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "1s");
        settings.put("lane.drain", DRAIN.toSeconds() + "s");
        settings.put("lane.session.timeout", "60s");
        settings.put("doubt.wait", "2m");
        settings.put("connect.call.timeout", "30s");
        settings.put("whatsapp.call.timeout", "30s");
        return settings;
    }

    /// A turn that opens a chat, a reply and a read mark.
    private static void makeAllHang(World world) {
        String known = "15550770001";
        world.says(known, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(known).isEmpty());
        JsonNode chat = world.chats(known).getFirst();
        await().atMost(PATIENCE).until(() -> running(world, "lull-part-to-read-mark") == 0);
        world.fault(world.connect("/"), HANGS.formatted("StartChatContact"));
        world.fault(world.graph("/"), HANGS.formatted("messages"));
        world.fault(world.graph("/"), HANGS.formatted("receipts"));
        world.agentSays(chat, "Good day");
        world.says("15550770002", "Hello");
        world.says(known, "Hello again");
        for (String flow : new String[] {"turn-to-chat", "reply-to-whatsapp", "part-to-read-mark"}) {
            await(flow).atMost(PATIENCE).until(() -> running(world, "lull-" + flow) > 0);
        }
    }

    private static double running(World world, String flow) {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith("lull_bridge_lanes_running{") && line.contains("\"" + flow + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
