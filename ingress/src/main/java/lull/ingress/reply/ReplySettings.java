package lull.ingress.reply;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.runtime.BearerTokens;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.channel.ChannelSettings;

/// Settings of the route and the queue for applications, which are part of the ingress.
public final class ReplySettings {

    public static final Setting<List<String>> TOKENS = Formats.TOKEN.ofEach(Setting.list(
                    "replies.tokens",
                    "",
                    "Tokens of applications that may request replies, separated by commas. Any of them is accepted,"
                            + " so that they can be rotated. Without tokens POST /replies is closed")
            .secret());

    public static final Setting<Optional<String>> BUSINESS_NUMBER = AppSettings.BUSINESS_NUMBER;

    static final Setting<Integer> MAX_BODY_BYTES = Setting.number(
            "replies.max.body.bytes",
            1024 * 1024,
            16 * 1024,
            2 * 1024 * 1024,
            "Maximum size of the body of a request for a reply");

    static final Setting<Integer> KEYS_REMEMBERED = Setting.number(
            "replies.keys.remembered",
            65_536,
            0,
            10_000_000,
            "How many of the latest Idempotency-Keys this process remembers; a different body with a remembered key"
                    + " is answered 409");

    public static final Setting<Optional<String>> QUEUE_URL = Formats.SQS_QUEUE.ofOptional(Setting.optional(
            "replies.queue.url",
            "URL of an SQS queue in which applications ask for replies. All its messages are accepted: the queue's"
                    + " policy decides who may send"));

    public static final Setting<String> QUEUE_REGION = Formats.REGION.of(
            Setting.text("replies.queue.region", "us-east-1", "AWS Region of the queue in `replies.queue.url`"));

    static final Setting<Optional<URI>> QUEUE_ENDPOINT =
            Setting.optionalUri("replies.queue.endpoint", "Endpoint of Amazon SQS, if it is not AWS's own");

    static final Setting<String> QUEUE_CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "replies.queue.credentials",
            "default",
            "`default` uses the credentials that the AWS SDK finds; `placeholder` uses dummy credentials, for a"
                    + " stand-in that does not check them"));

    static final Setting<Integer> QUEUE_POLLERS = Setting.number(
            "replies.queue.pollers",
            1,
            1,
            64,
            "How many calls wait for messages of the queue at a time; each returns up to ten messages");

    private static final Duration QUEUE_BACK_OFF = Duration.ofSeconds(1);

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            TOKENS,
            BUSINESS_NUMBER,
            MAX_BODY_BYTES,
            KEYS_REMEMBERED,
            QUEUE_URL,
            QUEUE_REGION,
            QUEUE_ENDPOINT,
            QUEUE_CREDENTIALS,
            QUEUE_POLLERS);

    private ReplySettings() {}

    /// Returns the options of the route.
    ///
    /// @param hasStatus whether GET /replies/{id} answers
    public static Replies.Options options(Settings settings, boolean hasStatus) {
        return new Replies.Options(new BearerTokens(settings.get(TOKENS)), settings.get(MAX_BODY_BYTES), hasStatus);
    }

    /// Returns a memory of the latest requests.
    public static IdempotencyKeys keys(Settings settings) {
        return new IdempotencyKeys(settings.get(KEYS_REMEMBERED));
    }

    /// Returns the business numbers that send what names none, and the configured channels. Throws `CannotStart` if a
    /// channel has the name of an app.
    ///
    /// @param further apps with settings of their own
    /// @param others apps without
    public static ReplyReader.Senders senders(
            Settings settings, Collection<String> further, Collection<String> others) {
        Map<String, Optional<String>> ofApps = new HashMap<>();
        others.forEach(app -> ofApps.put(app, Optional.empty()));
        further.forEach(
                app -> ofApps.put(app, settings.get(BUSINESS_NUMBER.forApp(app)).flatMap(number -> number)));
        return new ReplyReader.Senders(
                settings.get(BUSINESS_NUMBER),
                ofApps,
                ChannelSettings.channels(settings).stream()
                        .map(channel -> channel.channel().businessNumber())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// Returns the queue of requests; empty if none is configured.
    public static Optional<QueueOptions> queue(Settings settings) {
        return settings.get(QUEUE_URL)
                .map(url -> new QueueOptions(
                        "replies-queue",
                        "Replies that applications ask for wait in this queue. Check replies.queue.url,"
                                + " replies.queue.region, the network, and that the process's role may call"
                                + " sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes.",
                        url,
                        settings.get(QUEUE_REGION),
                        settings.get(QUEUE_ENDPOINT),
                        settings.get(QUEUE_CREDENTIALS).equals("placeholder"),
                        settings.get(QUEUE_POLLERS),
                        QueueOptions.LONG_POLL,
                        QUEUE_BACK_OFF));
    }
}
