package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.bench.peer.LaneApplication;
import lull.bench.peer.LaneHandler;
import lull.bench.peer.LaneWork;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.lanes.LaneSettings;
import lull.lanes.Outcome;
import lull.lanes.flow.FlowRunner;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.ResultLogSettings;
import lull.lanes.results.Tails;
import lull.runtime.Lifecycle;
import lull.runtime.process.ProcessSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.process.ServiceProcess;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The lanes of Lull in a process like the bridge's: with its settings, its meters and its health.
///
/// @param bootstrapServers the broker's address
record LullLanes(String bootstrapServers) implements LaneApplication {

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    @Override
    public void start(LaneWork work, LaneHandler handler, Lifecycle components) throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers",
                bootstrapServers,
                "admin.port",
                "0",
                "lane.slots",
                Integer.toString(work.slots()),
                "lane.session.timeout",
                work.session().toMillis() + "ms");
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(LaneSettings.ALL);
        known.addAll(ResultLogSettings.ALL);
        ServiceProcess.start(
                "bridge",
                new SettingsLoader(known).load(Map.of(), settings),
                components,
                context -> run(context, work, handler));
    }

    private static void run(ServiceContext context, LaneWork work, LaneHandler handler) throws InterruptedException {
        Topic topic = Topics.input(work.topic());
        KafkaClients kafka = KafkaClients.open(context, KafkaAccess.BRIDGE, List.of(topic), List.of(work.group()));
        Tails tails = context.components().add("tails", Tails.start(SWEEP_EVERY));
        new FlowRunner(context, kafka, tails, _ -> false)
                .runToEnd(work.group(), List.of(topic), ConsumerRecord::value, (incoming, _) -> {
                    handler.handle(incoming.value());
                    return Outcome.DONE;
                });
    }
}
