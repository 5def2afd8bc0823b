package lull.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.bridge.pauses.NumberScopes;
import lull.connect.ConnectSettings;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.lanes.flow.FlowRunner;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.Tails;
import lull.runtime.QuotaShare;
import lull.runtime.aws.AwsCredentials;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.WhatsAppClients;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelMetrics;
import lull.whatsapp.channel.ChannelSenders;
import lull.whatsapp.provider.ProviderMetrics;

/// Bridge service: sends turns to Amazon Connect, and what is written there to WhatsApp. It has seven
/// flows, an eighth if voice notes are transcribed, and the transports by which chat events arrive.
public final class BridgeService {

    /// Returns the consumer groups of a bridge with these settings, with the topics that each reads.
    public static Map<String, List<Topic>> groups(Settings settings) {
        Map<String, List<Topic>> groups = new LinkedHashMap<>();
        for (ConsumerGroup group : ConsumerGroup.values()) {
            if (group.isOfBridge()
                    && (group != ConsumerGroup.VOICE_TO_TRANSCRIPT || settings.get(TranscriberSettings.ENABLED))) {
                groups.put(group.id(), group.topics(settings.get(TopicSettings.INPUTS)));
            }
        }
        return groups;
    }

    /// Topics without which no bridge starts.
    private static final List<Topic> TOPICS = List.of(
            Topics.TURN_CLOSED,
            Topics.TURN_CLOSED.deadLetters(),
            Topics.APPLICATION_TURN_CLOSED,
            Topics.APPLICATION_TURN_CLOSED.deadLetters(),
            Topics.CHAT_EVENT,
            Topics.CHAT_EVENT.deadLetters(),
            Topics.CHAT,
            Topics.CONNECT_MESSAGE_SENT,
            Topics.CONNECT_MESSAGE_SENT.deadLetters(),
            Topics.REPLY_REQUESTED,
            Topics.REPLY_REQUESTED.deadLetters(),
            Topics.REPLY_SENT,
            Topics.MESSAGE_STATUS,
            Topics.MESSAGE_STATUS.deadLetters(),
            Topics.CUSTOMER_ALIAS,
            Topics.ACCOUNT_EVENT,
            Topics.ACCOUNT_EVENT.deadLetters(),
            Topics.ACCOUNT,
            Topics.CONVERSATION_BEGUN);

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private BridgeService() {}

    private static List<Topic> topics(Settings settings) {
        return Stream.concat(
                        TOPICS.stream(),
                        settings.get(TopicSettings.INPUTS).stream()
                                .map(input -> Topics.input(input).deadLetters()))
                .toList();
    }

    /// Starts the bridge in a process. Throws [CannotStart] if the settings contradict each other, or
    /// if Kafka is not set up for it.
    public static void start(ServiceContext context) throws InterruptedException {
        Settings settings = context.settings();
        BridgeSettings.requireTimesInOrder(settings);
        EventTransportSettings.requireDoor(settings);
        BridgeSettings.requireToken(settings);
        AwsCredentials.watch(AwsSettings.usesPlaceholder(settings), context.dependencies());
        ChatMetrics metrics = new ChatMetrics(context.metrics().registry());
        Tails tails = context.components().add("memory of what was done", Tails.start(SWEEP_EVERY));
        metrics.show("sent.remembered", "Turns, replies and chats whose results are remembered", tails, Tails::size);
        KafkaClients kafka = KafkaClients.open(
                context, KafkaAccess.BRIDGE, topics(settings), groups(settings).keySet());
        NumberScopes numbers = NumberScopes.of(settings);
        QuotaShare quotas = ConnectSettings.quotas(settings);
        metrics.show(
                "quota.share",
                "Share of the quotas of Amazon Connect and of WhatsApp's limits that this bridge uses",
                quotas,
                it -> 1.0 / it.processes());
        FlowRunner flows = new FlowRunner(context, kafka, tails, numbers::stopEverything, quotas::alive);
        Chats chats = Chats.start(context, kafka, quotas, metrics);
        WhatsAppClients whatsApp = WhatsAppClients.open(context);
        ChannelSenders channels = channels(context);
        Accounts accounts = Accounts.start(context, kafka);
        FileTransfers files = FileTransfers.open(context, whatsApp, channels);
        InboundFlow inbound = new InboundFlow(context, flows, numbers, chats, files, metrics);
        inbound.start();
        new OutboundFlow(context, flows, numbers, chats, accounts, files, whatsApp, channels, quotas, metrics)
                .start(inbound::scannedFilesBefore);
    }

    private static ChannelSenders channels(ServiceContext context) {
        MeterRegistry registry = context.metrics().registry();
        return context.components()
                .add(
                        "channels",
                        ChannelSenders.of(
                                context.settings(),
                                CallSettings.CONNECT_TIMEOUT,
                                context.settings().get(WhatsAppSettings.CALL_TIMEOUT),
                                new ChannelMetrics(registry),
                                new ProviderMetrics(registry),
                                context.clock()));
    }
}
