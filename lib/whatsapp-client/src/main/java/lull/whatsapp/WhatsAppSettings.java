package lull.whatsapp;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lull.runtime.QuotaShare;
import lull.runtime.TokenBucket;
import lull.runtime.http.CallSettings;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of WhatsApp's Graph API, and of the rates at which messages are sent.
public final class WhatsAppSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static final Setting<URI> GRAPH_ENDPOINT = Setting.uri(
                    "whatsapp.graph.endpoint",
                    "https://graph.facebook.com",
                    "URL of WhatsApp's Graph API; must use https unless it is on this machine, because it receives"
                            + " the access token")
            .checked(
                    LocalHost::isSecure,
                    "must use https, because the access token is sent there; http is allowed only on this machine");

    static final Setting<String> GRAPH_VERSION =
            Formats.GRAPH_VERSION.of(Setting.text("whatsapp.graph.version", "v23.0", "Version of the Graph API"));

    public static final Setting<Optional<String>> ACCESS_TOKEN = Formats.TOKEN.ofOptional(Setting.optional(
                    "whatsapp.access.token",
                    "Access token of the Graph API; not needed for the numbers in `whatsapp.eum.numbers`. If a file"
                            + " holds the token, the file is read again when it changes, without a restart")
            .secret());

    public static final Setting<Duration> CALL_TIMEOUT =
            Setting.duration("whatsapp.call.timeout", "10s", SECOND, MINUTE, "Timeout of a call of the Graph API");

    public static final Setting<Integer> MAX_CHARACTERS = Setting.number(
            "whatsapp.text.max.characters",
            4096,
            16,
            4096,
            "Maximum length of a text message to WhatsApp, in characters; longer texts are split");

    static final Setting<Integer> NUMBER_PER_SECOND = Setting.number(
            "whatsapp.number.per.second",
            80,
            1,
            10_000,
            "Maximum number of messages per second from a business number, which is WhatsApp's limit; all bridges that"
                    + " are alive share it in equal parts");

    static final Setting<Integer> PAIR_BURST = Setting.number(
            "whatsapp.pair.burst",
            45,
            1,
            1_000,
            "Maximum number of messages that one customer gets in a burst; WhatsApp allows 45");

    static final Setting<Duration> PAIR_EVERY = Setting.duration(
            "whatsapp.pair.every",
            "6s",
            Duration.ofMillis(1),
            MINUTE,
            "Time after which the customer may get one more message; WhatsApp allows one every 6 s");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            GRAPH_ENDPOINT,
            GRAPH_VERSION,
            ACCESS_TOKEN,
            CALL_TIMEOUT,
            MAX_CHARACTERS,
            NUMBER_PER_SECOND,
            PAIR_BURST,
            PAIR_EVERY);

    /// The settings that can also be set for one business number.
    public static final List<Setting<?>> OF_NUMBERS = List.of(ACCESS_TOKEN, GRAPH_VERSION);

    private WhatsAppSettings() {}

    /// Returns how the Graph API is called.
    public static GraphClient.Options graph(Settings settings) {
        return new GraphClient.Options(
                settings.get(GRAPH_ENDPOINT),
                access(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(CALL_TIMEOUT));
    }

    /// Returns the access tokens of all numbers.
    public static GraphAccess access(Settings settings) {
        Map<String, GraphAccess.Credential> byNumber = new HashMap<>();
        for (String number : settings.get(NumberSettings.NUMBERS)) {
            Setting<Optional<Optional<String>>> own = ACCESS_TOKEN.forNumber(number);
            String version = NumberSettings.of(settings, number, GRAPH_VERSION);
            byNumber.put(
                    number,
                    settings.get(own).isPresent()
                            ? new GraphAccess.Credential(version, own.name(), flat(settings.live(own)))
                            : new GraphAccess.Credential(version, ACCESS_TOKEN.name(), settings.live(ACCESS_TOKEN)));
        }
        return new GraphAccess(
                new GraphAccess.Credential(
                        settings.get(GRAPH_VERSION), ACCESS_TOKEN.name(), settings.live(ACCESS_TOKEN)),
                byNumber);
    }

    /// Returns the rate limiter of messages.
    ///
    /// @param quotas the share of WhatsApp's limit that this process uses
    public static SendRateLimiter rateLimiter(Settings settings, QuotaShare quotas) {
        SendRateLimiter limiter = new SendRateLimiter(
                TokenBucket.Rate.perSecond(settings.get(NUMBER_PER_SECOND)),
                new TokenBucket.Rate(settings.get(PAIR_EVERY), settings.get(PAIR_BURST)),
                System::nanoTime);
        quotas.addListener(limiter);
        return limiter;
    }

    private static Supplier<Optional<String>> flat(Supplier<Optional<Optional<String>>> own) {
        return () -> own.get().flatMap(token -> token);
    }
}
