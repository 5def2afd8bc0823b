package lull.connect;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.runtime.CircuitPolicy;
import lull.runtime.QuotaShare;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of calls of Amazon Connect: its location, and how much of its quotas is used.
public final class ConnectSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static final String TOKENS_IN_THE_CLEAR =
            "must use https, because tokens of chats are sent there; http is allowed only on this machine";

    public static final Setting<String> REGION =
            Formats.REGION.of(Setting.text("connect.region", "us-east-1", "AWS Region of the Amazon Connect instance"));

    public static final Setting<String> INSTANCE_ID =
            Formats.AWS_ID.of(Setting.required("connect.instance.id", "Id of the Amazon Connect instance"));

    public static final Setting<String> CONTACT_FLOW_ID =
            Formats.AWS_ID.of(Setting.required("connect.contact.flow.id", "Id of the contact flow of new chats"));

    public static final Setting<String> STREAMING_TOPIC_ARN = Formats.SNS_TOPIC.of(Setting.required(
            "connect.streaming.topic.arn",
            "ARN of the SNS topic that chats are streamed to; notifications of other topics are rejected"));

    public static final Setting<Optional<URI>> ENDPOINT = Setting.optionalUri(
                    "connect.endpoint",
                    "Endpoint of Amazon Connect, if it is not AWS's own; must use https unless it is on this"
                            + " machine, because it receives the tokens of chats")
            .checked(address -> address.map(LocalHost::isSecure).orElse(true), TOKENS_IN_THE_CLEAR);

    static final Setting<Optional<URI>> PARTICIPANT_ENDPOINT = Setting.optionalUri(
                    "connect.participant.endpoint",
                    "Endpoint of the Amazon Connect Participant Service, if it is not AWS's own; must use https"
                            + " unless it is on this machine")
            .checked(address -> address.map(LocalHost::isSecure).orElse(true), TOKENS_IN_THE_CLEAR);

    static final Setting<Duration> CALL_TIMEOUT =
            Setting.duration("connect.call.timeout", "10s", SECOND, MINUTE, "Timeout of a call of Amazon Connect");

    static final Setting<Integer> MAX_CONNECTIONS =
            Setting.number("connect.max.connections", 256, 1, 4096, "Maximum number of connections to Amazon Connect");

    static final Setting<Integer> BRIDGES = Setting.number(
            "connect.bridges",
            1,
            1,
            1000,
            "Minimum number of bridges that share `connect.rates` and `whatsapp.number.per.second` in equal parts. They"
                    + " share them by the number of bridges that are alive, as Kafka reports it; this number counts"
                    + " if it is higher, and until they know the other. Set it only if bridges of other"
                    + " installations use the same quotas");

    static final Setting<Rates> RATES = Setting.of(
            "connect.rates",
            Rates.DEFAULT,
            "Rate (calls per second) and burst that Amazon Connect allows all bridges in each Region, as operation=rate/burst,"
                    + " separated by commas. Raise them when AWS raises your quotas. `none` limits calls only while"
                    + " Amazon Connect throttles",
            Rates::of);

    static final Setting<Integer> CIRCUIT_FAILURES = Setting.number(
            "connect.circuit.failures",
            20,
            0,
            10_000,
            "Failures in a row after which the circuit of an Amazon Connect operation opens, so that the operation"
                    + " is not called for a while; 0 means never");

    public static final Setting<Duration> CIRCUIT_FIRST = Setting.duration(
            "connect.circuit.first", "2s", Duration.ofMillis(100), HOUR, "How long a circuit stays open at first");

    public static final Setting<Duration> CIRCUIT_MOST = Setting.duration(
            "connect.circuit.most",
            "30s",
            Duration.ofMillis(100),
            HOUR,
            "Maximum time that a circuit stays open; the time doubles with each trial call that fails");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            REGION,
            INSTANCE_ID,
            CONTACT_FLOW_ID,
            STREAMING_TOPIC_ARN,
            ENDPOINT,
            PARTICIPANT_ENDPOINT,
            CALL_TIMEOUT,
            MAX_CONNECTIONS,
            BRIDGES,
            RATES,
            CIRCUIT_FAILURES,
            CIRCUIT_FIRST,
            CIRCUIT_MOST);

    /// The settings that can also be set for one business number.
    public static final List<Setting<?>> OF_NUMBERS =
            List.of(INSTANCE_ID, CONTACT_FLOW_ID, REGION, STREAMING_TOPIC_ARN, ENDPOINT, PARTICIPANT_ENDPOINT);

    private ConnectSettings() {}

    /// Returns how Amazon Connect is called in the Region of all numbers that have no other.
    public static ConnectOptions options(Settings settings) {
        return new ConnectOptions(
                settings.get(REGION),
                settings.get(ENDPOINT),
                settings.get(PARTICIPANT_ENDPOINT),
                AwsSettings.usesPlaceholder(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(CALL_TIMEOUT),
                settings.get(CallSettings.TRANSFER_TIMEOUT),
                settings.get(MAX_CONNECTIONS),
                Map.of());
    }

    static CircuitPolicy circuit(Settings settings) {
        return new CircuitPolicy(
                settings.get(CIRCUIT_FAILURES), settings.get(CIRCUIT_FIRST), settings.get(CIRCUIT_MOST));
    }

    /// Returns the share of the quotas that a bridge uses, at first for the number of bridges that is set.
    public static QuotaShare quotas(Settings settings) {
        return new QuotaShare(settings.get(BRIDGES));
    }

    /// Returns the SNS topics to which chats are streamed: that of all business numbers that have no
    /// other, and those of single numbers.
    public static Set<String> topics(Settings settings) {
        Set<String> topics = new LinkedHashSet<>();
        topics.add(settings.get(STREAMING_TOPIC_ARN));
        settings.get(NumberSettings.NUMBERS)
                .forEach(number -> topics.add(NumberSettings.of(settings, number, STREAMING_TOPIC_ARN)));
        return topics;
    }
}
