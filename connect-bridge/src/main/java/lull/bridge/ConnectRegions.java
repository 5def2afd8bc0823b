package lull.bridge;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lull.bridge.inbound.ChatOptions;
import lull.connect.AwsChat;
import lull.connect.AwsConnect;
import lull.connect.ChatPort;
import lull.connect.ConnectMetrics;
import lull.connect.ConnectOptions;
import lull.connect.ConnectPort;
import lull.connect.PacedChat;
import lull.connect.PacedConnect;
import lull.connect.Paces;
import lull.connect.RegionalChat;
import lull.connect.RegionalConnect;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsArn;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// The AWS Regions in which business numbers have their Amazon Connect instances.
///
/// @param usual the Region of all numbers that name no other
/// @param options how Connect is called, by Region
/// @param byInstance the Region of each instance
record ConnectRegions(String usual, Map<String, ConnectOptions> options, Map<String, String> byInstance) {

    ConnectRegions {
        options = Map.copyOf(options);
        byInstance = Map.copyOf(byInstance);
    }

    /// Reads them from the settings; throws [CannotStart] if they contradict each other.
    static ConnectRegions of(Settings settings) {
        String usual = settings.get(BridgeSettings.REGION);
        Map<String, ConnectOptions> options = new LinkedHashMap<>(Map.of(usual, BridgeSettings.connect(settings)));
        Map<String, String> byInstance = new HashMap<>(Map.of(settings.get(BridgeSettings.INSTANCE_ID), usual));
        requireTopic(BridgeSettings.STREAMING_TOPIC_ARN, settings.get(BridgeSettings.STREAMING_TOPIC_ARN));
        for (String number : settings.get(ChatSettings.NUMBERS)) {
            String region = ChatSettings.ofNumber(settings, number, BridgeSettings.REGION);
            ConnectOptions before = options.computeIfAbsent(
                    region, _ -> BridgeSettings.connect(settings).in(region, Optional.empty(), Optional.empty()));
            options.put(
                    region,
                    before.in(
                            region,
                            endpoint(settings, number, BridgeSettings.CONNECT_ENDPOINT, before.endpoint()),
                            endpoint(
                                    settings,
                                    number,
                                    BridgeSettings.PARTICIPANT_ENDPOINT,
                                    before.participantEndpoint())));
            requireTopic(
                    BridgeSettings.STREAMING_TOPIC_ARN.forNumber(number),
                    ChatSettings.ofNumber(settings, number, BridgeSettings.STREAMING_TOPIC_ARN));
            String instance = ChatSettings.ofNumber(settings, number, BridgeSettings.INSTANCE_ID);
            String known = byInstance.putIfAbsent(instance, region);
            if (known != null && !known.equals(region)) {
                throw new CannotStart("The configuration cannot be used: the Amazon Connect instance " + instance
                        + " is configured for " + known + " and for " + region + ", but an instance is in one Region."
                        + " Check "
                        + BridgeSettings.REGION.forNumber(number).name() + " and "
                        + BridgeSettings.INSTANCE_ID.forNumber(number).name());
            }
        }
        return new ConnectRegions(usual, options, byInstance);
    }

    private static void requireTopic(Setting<?> setting, String arn) {
        if (!AwsArn.isTopic(arn)) {
            throw new CannotStart("The configuration cannot be used: " + setting.name() + " must be the ARN of an SNS"
                    + " topic, such as arn:aws:sns:eu-central-1:123456789012:connect-chat (it is '" + arn
                    + "'); without it agents' messages do not reach customers");
        }
    }

    /// The address for a Region: what the number says, or else the numbers before it.
    private static Optional<URI> endpoint(
            Settings settings, String number, Setting<Optional<URI>> setting, Optional<URI> before) {
        Setting<Optional<Optional<URI>>> own = setting.forNumber(number);
        Optional<URI> said = settings.get(own).flatMap(uri -> uri);
        if (said.isPresent() && before.isPresent() && !said.equals(before)) {
            throw new CannotStart("The configuration cannot be used: " + own.name()
                    + " differs from another setting for the same Region; a Region has one endpoint");
        }
        return said.or(() -> before);
    }

    /// The SNS topics that get what happens in chats: of all business numbers that say nothing else, and of each that
    /// does.
    static Set<String> topics(Settings settings) {
        Set<String> topics = new LinkedHashSet<>();
        ChatSettings.options(settings).stream()
                .map(ChatOptions::streamingTopicArn)
                .forEach(topics::add);
        return topics;
    }

    /// The Region of an instance.
    String of(String instanceId) {
        return byInstance.getOrDefault(instanceId, usual);
    }

    /// How Connect is called in the Region of an instance.
    ConnectOptions optionsOf(String instanceId) {
        return Objects.requireNonNull(options.get(of(instanceId)));
    }

    /// Both ways of calling Connect, which share a pace in each Region.
    record Ports(ConnectPort connect, ChatPort chat) {}

    /// Opens clients in every Region as parts of a process.
    Ports open(ServiceContext context, ConnectMetrics metrics) {
        Settings settings = context.settings();
        Map<String, ConnectPort> connects = new HashMap<>();
        Map<String, ChatPort> chats = new HashMap<>();
        options.forEach((region, one) -> {
            Paces paces = new Paces(
                    region,
                    settings.get(ChatSettings.RATES).part(settings.get(ChatSettings.BRIDGES)),
                    ChatSettings.circuit(settings),
                    System::nanoTime,
                    metrics);
            connects.put(
                    region,
                    new PacedConnect(
                            context.parts().add("connect in " + region, new AwsConnect(one, context.clock(), metrics)),
                            paces));
            chats.put(
                    region,
                    new PacedChat(context.parts().add("chat calls in " + region, new AwsChat(one, metrics)), paces));
        });
        return new Ports(new RegionalConnect(usual, connects, this::of), new RegionalChat(usual, chats));
    }
}
