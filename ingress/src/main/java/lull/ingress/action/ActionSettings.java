package lull.ingress.action;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.runtime.http.CallSettings;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.WhatsAppSettings;

/// Settings of the routes of actions, which are part of the ingress.
public final class ActionSettings {

    public static final Setting<ActionTokens> TOKENS = Setting.of(
                    "actions.tokens",
                    "",
                    "Clients that may perform actions of the business on WhatsApp, as `name:scope:token` triples"
                            + " separated by commas. The scope is `read` or `change`; a token has at least 16 visible"
                            + " characters; the name is recorded with each change. Without any the routes are closed",
                    ActionTokens::parse)
            .secret();

    static final Setting<Integer> MAX_BODY_BYTES = Setting.number(
            "actions.max.body.bytes",
            8 * 1024 * 1024,
            64 * 1024,
            140 * 1024 * 1024,
            "Maximum size of the parameters of an action, with its files in Base64. They need up to three times this"
                    + " value of `ingress.max.inflight.bytes`");

    private static final Setting<Integer> REMEMBERED = Setting.number(
            "actions.remembered",
            10_000,
            100,
            1_000_000,
            "Maximum number of performed actions that this process remembers by their Idempotency-Key");

    private static final Setting<Duration> WINDOW = Setting.duration(
            "actions.window",
            "24h",
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "How far back an ingress reads performed actions when it starts: a request with the Idempotency-Key of an"
                    + " older one is performed again");

    static final Setting<Optional<String>> ACCOUNT = Setting.optional(
            "actions.account",
            "Id of the WhatsApp Business account of actions that name none: Meta's, or waba-… of AWS");

    static final Setting<Optional<String>> APP =
            Setting.optional("actions.app", "Id of the WhatsApp app of actions that name none");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(TOKENS, MAX_BODY_BYTES, REMEMBERED, WINDOW, ACCOUNT, APP);

    private ActionSettings() {}

    /// Whether anybody may perform actions.
    public static boolean isOn(Settings settings) {
        return settings.get(TOKENS).isOpen();
    }

    /// Returns the options of the routes.
    public static ActionRoutes.Options options(Settings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        settings.get(AppSettings.BUSINESS_NUMBER).ifPresent(number -> defaults.put("number", number));
        settings.get(ACCOUNT).ifPresent(account -> defaults.put("account", account));
        settings.get(APP).ifPresent(app -> defaults.put("app", app));
        return new ActionRoutes.Options(settings.get(TOKENS), settings.get(MAX_BODY_BYTES), defaults);
    }

    /// Returns what is read at the start.
    public static PerformedActions.Options performed(Settings settings, Instant now) {
        Duration longest = settings.get(CallSettings.TRANSFER_TIMEOUT)
                .multipliedBy(2)
                .plus(settings.get(WhatsAppSettings.CALL_TIMEOUT))
                .plus(settings.get(TopicSettings.ACK_TIMEOUT));
        return new PerformedActions.Options(
                settings.get(REMEMBERED),
                now.minus(settings.get(WINDOW)),
                settings.get(TopicSettings.ACK_TIMEOUT),
                longest);
    }
}
