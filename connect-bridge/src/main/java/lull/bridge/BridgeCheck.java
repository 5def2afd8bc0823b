package lull.bridge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.bridge.inbound.InboundSettings;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.connect.Answer;
import lull.connect.AwsConnect;
import lull.connect.AwsConnectCheck;
import lull.connect.ConnectError;
import lull.connect.ConnectMetrics;
import lull.connect.ConnectOptions;
import lull.connect.ConnectPort.Contact;
import lull.connect.ConnectRegions;
import lull.connect.ConnectSettings;
import lull.connect.Extent;
import lull.contract.Channel;
import lull.lanes.results.ResultLogSettings;
import lull.media.MediaStoreSettings;
import lull.runtime.CannotStart;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.http.CallSettings;
import lull.runtime.queue.AwsQueueCheck;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.whatsapp.GraphClient;
import lull.whatsapp.GraphNumbers;
import lull.whatsapp.GraphVersionCheck;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelCheck;
import lull.whatsapp.provider.ProviderSettings;

/// Check that Amazon Connect, the queue of chat events and WhatsApp answer the bridge as required. Its
/// calls change nothing.
public final class BridgeCheck {

    private static final String CONNECT = "Amazon Connect";
    private static final String WHATSAPP = "WhatsApp";

    /// Id that no contact has.
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private BridgeCheck() {}

    /// Asks Amazon Connect for a contact, instances and flows, SQS for the queue, tries the media
    /// store, and asks WhatsApp for the business numbers that neither AWS End User Messaging Social nor
    /// another provider serves.
    ///
    /// @param settings of the bridge
    public static List<CheckResult> of(Settings settings, Collection<String> businessNumbers)
            throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        findings.addAll(CheckResult.of(CONNECT, () -> connect(settings, ConnectRegions.of(settings))));
        findings.addAll(CheckResult.of("SQS", () -> queue(settings)));
        findings.addAll(CheckResult.of(MediaStoreSettings.ABOUT, () -> MediaStoreSettings.check(settings)));
        findings.addAll(CheckResult.of(WHATSAPP, () -> whatsApp(settings, businessNumbers)));
        return findings;
    }

    private static List<CheckResult> queue(Settings settings) {
        try {
            EventTransportSettings.requireDoor(settings);
        } catch (CannotStart e) {
            return List.of(CheckResult.wrong("bridge", String.valueOf(e.getMessage())));
        }
        return EventTransportSettings.queue(settings)
                .map(queue -> queue(settings, queue))
                .orElse(List.of());
    }

    private static List<CheckResult> queue(Settings settings, QueueOptions queue) {
        return AwsQueueCheck.of(
                queue,
                List.copyOf(ConnectSettings.topics(settings)),
                settings.get(SnsSettings.ENDPOINT),
                settings.get(ResultLogSettings.ACK_TIMEOUT));
    }

    private static List<CheckResult> whatsApp(Settings settings, Collection<String> businessNumbers)
            throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        Set<String> social = settings.get(SocialSettings.NUMBERS).keySet();
        Map<String, String> elsewhere = ProviderSettings.apps(settings);
        // Reads the templates too.
        ProviderSettings.providers(settings)
                .values()
                .forEach(provider -> findings.add(CheckResult.unknown(
                        "Provider of app " + provider.app(),
                        "Its settings can be used. It is not called, because it has no call that sends nothing: send a"
                                + " reply, and lull_bridge_provider_calls_seconds_count must count it as ok")));
        findings.addAll(CheckResult.of(
                "Channels",
                () -> ChannelCheck.of(
                        settings, CallSettings.CONNECT_TIMEOUT, settings.get(WhatsAppSettings.CALL_TIMEOUT))));
        try (GraphClient graph = new GraphClient(WhatsAppSettings.graph(settings))) {
            GraphNumbers numbers = new GraphNumbers(graph);
            if (businessNumbers.isEmpty()
                    && settings.get(WhatsAppSettings.ACCESS_TOKEN).isPresent()) {
                findings.addAll(CheckResult.of(WHATSAPP, () -> List.of(numbers.token())));
                findings.add(CheckResult.unknown(
                        WHATSAPP,
                        "No business number is checked, because none is known: give one by --number,"
                                + " replies.business.number or " + NumberSettings.NUMBERS.name()));
            }
            for (String number : businessNumbers) {
                if (Channel.of(number).isWhatsApp() && !social.contains(number) && !elsewhere.containsKey(number)) {
                    findings.addAll(CheckResult.of(WHATSAPP, () -> List.of(numbers.look(number))));
                }
            }
        }
        findings.addAll(GraphVersionCheck.of(
                settings,
                businessNumbers,
                LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC)));
        return findings;
    }

    private static List<CheckResult> connect(Settings settings, ConnectRegions regions) throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        ConnectMetrics metrics = new ConnectMetrics(new SimpleMeterRegistry());
        // One instance in a Region shows whether the Region gives an identity access.
        Map<Access, String> oneInstance = new LinkedHashMap<>();
        InboundSettings.chats(settings)
                .forEach(chats -> oneInstance.putIfAbsent(Access.of(regions, chats.instanceId()), chats.instanceId()));
        for (Map.Entry<Access, String> one : oneInstance.entrySet()) {
            ConnectOptions options = regions.optionsOf(one.getValue());
            CheckResult answer;
            try (AwsClients aws = options.clients()) {
                AwsConnect connect = new AwsConnect(aws, options, metrics);
                answer = connect(options.region(), connect.describe(one.getValue(), NOBODY));
            }
            findings.add(answer);
            // If access is denied, or the service is not reachable, further calls would only report the
            // same again.
            if (answer.isWell()) {
                findings.addAll(instancesAndFlows(settings, regions, one.getKey(), options));
            }
        }
        return findings;
    }

    /// Returns the addresses of Amazon Connect and WhatsApp by name, for the comparison of clocks.
    public static Map<String, URI> addresses(Settings settings) {
        Map<String, URI> addresses = new LinkedHashMap<>();
        addresses.put(
                "AWS",
                settings.get(ConnectSettings.ENDPOINT)
                        .orElseGet(() -> URI.create(
                                "https://connect." + settings.get(ConnectSettings.REGION) + ".amazonaws.com/")));
        addresses.put(WHATSAPP, settings.get(WhatsAppSettings.GRAPH_ENDPOINT));
        return addresses;
    }

    private static List<CheckResult> instancesAndFlows(
            Settings settings, ConnectRegions regions, Access access, ConnectOptions options)
            throws InterruptedException {
        Set<String> instances = new LinkedHashSet<>();
        Set<Flow> flows = new LinkedHashSet<>();
        InboundSettings.chats(settings).stream()
                .filter(chats -> Access.of(regions, chats.instanceId()).equals(access))
                .forEach(chats -> {
                    instances.add(chats.instanceId());
                    flows.add(new Flow(chats.instanceId(), chats.contactFlowId()));
                });
        List<CheckResult> findings = new ArrayList<>();
        try (AwsConnectCheck check = new AwsConnectCheck(options)) {
            for (String instance : instances) {
                findings.addAll(CheckResult.of(CONNECT, () -> List.of(check.instance(instance))));
            }
            for (Flow flow : flows) {
                findings.addAll(CheckResult.of(CONNECT, () -> List.of(check.flow(flow.instanceId(), flow.id()))));
            }
        }
        return findings;
    }

    /// Region and identity with which instances are called.
    private record Access(String region, Optional<AwsIdentity> identity) {
        static Access of(ConnectRegions regions, String instanceId) {
            return new Access(regions.of(instanceId), regions.identityOf(instanceId));
        }
    }

    private record Flow(String instanceId, String id) {}

    private static CheckResult connect(String region, Answer<Contact> answer) {
        return switch (answer) {
            case Answer.Ok<Contact> ok -> accepted(region);
            case Answer.Failed<Contact>(ConnectError trouble) ->
                switch (trouble) {
                    case ConnectError.NotFound notFound -> accepted(region);
                    case ConnectError.Invalid(String reason) ->
                        CheckResult.wrong(CONNECT, reason + ": is " + ConnectSettings.INSTANCE_ID.name() + " right?");
                    case ConnectError.Misconfigured(Extent _, String reason) ->
                        CheckResult.wrong(
                                CONNECT,
                                reason + ": are there AWS credentials that may call connect:DescribeContact of this"
                                        + " instance?");
                    case ConnectError.Transient(String reason) ->
                        CheckResult.wrong(CONNECT, reason + ": can " + region + " be reached from here?");
                    case ConnectError.AccessDenied _,
                            ConnectError.Throttled _,
                            ConnectError.Paced _,
                            ConnectError.QuotaReached _ ->
                        CheckResult.wrong(CONNECT, "It is throttled or denied at the moment: try again");
                };
        };
    }

    private static CheckResult accepted(String region) {
        return CheckResult.well(CONNECT, "accepts our calls in " + region);
    }
}
