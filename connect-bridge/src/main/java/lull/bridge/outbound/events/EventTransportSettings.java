package lull.bridge.outbound.events;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.connect.ConnectSettings;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.TlsSettings;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsPolicy;
import lull.runtime.sns.SnsSettings;

/// Settings of the transports by which chat events arrive from their SNS topic: a queue, and a port.
public final class EventTransportSettings {

    public static final Setting<Set<EventTransport>> DOORS = Setting.of(
            "connect.event.doors",
            "sqs",
            "How chat events arrive from the SNS topic: `sqs` (by the queue in `connect.queue.url`), `https` (at"
                    + " `bridge.port`, for small installations), or both while you move from one to the other",
            EventTransport::set);

    static final Setting<Optional<String>> QUEUE_URL = Formats.SQS_QUEUE.ofOptional(Setting.optional(
            "connect.queue.url",
            "URL of an SQS queue that is subscribed to the SNS topic of chats, without raw message delivery. It"
                    + " keeps what agents write while no bridge runs. Required if `connect.event.doors` names sqs"));

    static final Setting<Integer> QUEUE_POLLERS = Setting.number(
            "connect.queue.pollers", 2, 1, 32, "How many calls wait for messages of that queue at a time");

    static final Setting<Optional<URI>> QUEUE_ENDPOINT =
            Setting.optionalUri("connect.queue.endpoint", "Endpoint of Amazon SQS, if it is not AWS's own");

    public static final Setting<Integer> PORT = Setting.number(
            "bridge.port",
            8083,
            0,
            65535,
            "Port of the SNS endpoint, used if `connect.event.doors` names https; 0 picks a free port");

    /// TLS at that port.
    public static final TlsSettings TLS = TlsSettings.of(
            "bridge", "the SNS endpoint is served over TLS. SNS trusts the certificates of public authorities only");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = Stream.of(
                    List.of(DOORS, QUEUE_URL, QUEUE_POLLERS, QUEUE_ENDPOINT, PORT), TLS.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /// SNS tries for 23 days to put a notification into a queue, which keeps it for at most 14 days.
    private static final Duration OLDEST_IN_QUEUE = Duration.ofDays(38);

    private static final Duration QUEUE_BACK_OFF = Duration.ofSeconds(1);

    private EventTransportSettings() {}

    /// Throws [CannotStart] if events are to arrive by a queue and none is configured.
    public static void requireDoor(Settings settings) {
        if (settings.get(DOORS).contains(EventTransport.SQS)
                && settings.get(QUEUE_URL).isEmpty()) {
            throw new CannotStart("The configuration cannot be used: agents' messages arrive by an SQS queue, and "
                    + QUEUE_URL.name() + " is missing. Set it; or, for a small installation, let SNS post them by"
                    + " HTTPS: "
                    + DOORS.name() + "=https");
        }
    }

    /// Returns the rules for notifications that SNS posts.
    public static SnsPolicy posted(Settings settings) {
        return sns(settings, settings.get(SnsSettings.MAX_AGE));
    }

    /// Returns the rules for notifications that waited in a queue.
    public static SnsPolicy queued(Settings settings) {
        return sns(settings, OLDEST_IN_QUEUE);
    }

    private static SnsPolicy sns(Settings settings, Duration maxAge) {
        return new SnsPolicy(
                ConnectSettings.topics(settings),
                settings.get(SnsSettings.ENDPOINT),
                settings.get(SnsSettings.MAX_ENVELOPE_BYTES),
                maxAge);
    }

    /// Returns the queue by which chat events arrive; empty if they do not arrive by a queue.
    public static Optional<QueueOptions> queue(Settings settings) {
        return settings.get(QUEUE_URL)
                .filter(_ -> settings.get(DOORS).contains(EventTransport.SQS))
                .map(url -> new QueueOptions(
                        "chat-event-queue",
                        "Agents' messages wait in this queue, and customers do not receive them. Check"
                                + " connect.queue.url, connect.region, the network, and that the process's role may"
                                + " call sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes.",
                        url,
                        settings.get(ConnectSettings.REGION),
                        settings.get(QUEUE_ENDPOINT),
                        AwsSettings.usesPlaceholder(settings),
                        settings.get(QUEUE_POLLERS),
                        QueueOptions.LONG_POLL,
                        QUEUE_BACK_OFF));
    }
}
