package lull.local;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.runtime.Lifecycle;
import lull.standins.connect.ConnectStandIn;
import lull.standins.connect.Flow;
import lull.standins.s3.S3StandIn;
import lull.standins.whatsapp.GraphStandIn;

/// Stand-ins of Amazon Connect, WhatsApp and Amazon S3 that know each other and the services, and the settings by which
/// services use them.
record StandIns(URI graph, ConnectStandIn connect, S3StandIn store) {

    private static final Map<String, Flow> FLOWS = Map.of(
            LocalLull.FLOW,
            Flow.queue(),
            LocalLull.GREETING_FLOW,
            Flow.queue(LocalLull.GREETING),
            LocalLull.CLOSED_FLOW,
            Flow.closed("We are closed."),
            LocalLull.SURVEY_FLOW,
            Flow.queue().withDisconnectPrompts("How did we do?"),
            LocalLull.BOT_FLOW,
            Flow.bot());

    /// Where the stand-ins listen. A port of 0 is any free one.
    ///
    /// @param host the address of this machine on which all of them listen
    record Ports(String host, int connect, int graph, int files) {}

    /// Where the stand-ins send what happens.
    ///
    /// @param webhooks address that receives WhatsApp's webhooks
    /// @param notifications address that receives what SNS publishes
    /// @param queue URL of the queue that receives it instead
    record Receivers(URI webhooks, URI notifications, Optional<URI> queue) {}

    /// Starts all of them as components of this process.
    static StandIns start(Ports ports, Receivers receivers, Lifecycle components) throws Exception {
        S3StandIn store = components.add(
                "S3 stand-in",
                S3StandIn.start(ports.host(), ports.files(), InstantSource.system(), Set.of(LocalLull.BUCKET)));
        GraphStandIn graph = components.add(
                "Graph stand-in",
                GraphStandIn.start(
                        GraphStandIn.Options.defaults()
                                .withHost(ports.host())
                                .withPort(ports.graph())
                                .withAccessToken(LocalLull.ACCESS_TOKEN)
                                .withAppSecret(LocalLull.APP_SECRET)
                                .withWebhook(receivers.webhooks()),
                        Optional.of(store)));
        ConnectStandIn.Options options = ConnectStandIn.Options.defaults()
                .withHost(ports.host())
                .withPort(ports.connect())
                .withFlows(FLOWS)
                // As with a delivery policy that outlasts a restart of the bridge; by default SNS gives up after a
                // minute.
                .withSnsRetries(60, Duration.ofSeconds(1));
        ConnectStandIn connect =
                components.add("Connect stand-in", ConnectStandIn.start(subscribed(options, receivers)));
        return new StandIns(graph.uri(), connect, store);
    }

    private static ConnectStandIn.Options subscribed(ConnectStandIn.Options options, Receivers receivers) {
        return receivers
                .queue()
                .map(options::withQueue)
                .orElseGet(() -> options.withSubscribers(receivers.notifications()));
    }

    /// The settings by which a bridge on this machine uses them, by name.
    Map<String, String> settings() {
        String connectUri = connect.uri().toString();
        ConnectStandIn.Options standIn = ConnectStandIn.Options.defaults();
        Map<String, String> settings = new HashMap<>();
        settings.put("whatsapp.access.token", LocalLull.ACCESS_TOKEN);
        settings.put("whatsapp.graph.endpoint", graph.toString());
        settings.put("whatsapp.eum.endpoint", graph.toString());
        settings.put("connect.endpoint", connectUri);
        settings.put("connect.participant.endpoint", connectUri);
        settings.put("connect.credentials", "placeholder");
        // The stand-in throttles nobody unless it is told to.
        settings.put("connect.rates", "none");
        settings.put("connect.instance.id", standIn.instanceId());
        settings.put("connect.contact.flow.id", LocalLull.FLOW);
        settings.put("connect.streaming.topic.arn", standIn.topicArns().getFirst());
        settings.put("connect.event.doors", "https");
        settings.put("sns.endpoint", connectUri);
        settings.put("whatsapp.eum.s3.endpoint", store.uri().toString());
        settings.put("store.s3.bucket", LocalLull.BUCKET);
        settings.put("store.s3.endpoint", store.uri().toString());
        return settings;
    }
}
