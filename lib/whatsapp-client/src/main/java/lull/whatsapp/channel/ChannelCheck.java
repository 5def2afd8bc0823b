package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lull.contract.Channel.Kind;
import lull.contract.json.Json;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Settings;
import lull.whatsapp.WhatsAppError;

/// Check of the channels to which a bridge sends replies: a bot of Telegram is asked who it is and what its webhook
/// gets; other channels have no call that sends nothing.
public final class ChannelCheck {

    /// What Lull reads.
    private static final List<String> UPDATES =
            List.of("message", "edited_message", "callback_query", "message_reaction");

    private ChannelCheck() {}

    /// Returns what was found. Throws `CannotStart` if a setting is missing.
    public static List<CheckResult> of(Settings settings, Duration connectTimeout, Duration callTimeout)
            throws InterruptedException {
        List<CheckResult> findings = new ArrayList<>();
        try (BoundedHttpClient client = new BoundedHttpClient(connectTimeout)) {
            ChannelHttp http = new ChannelHttp(client, callTimeout);
            for (ChannelSettings.Configured channel : ChannelSettings.sending(settings)) {
                String about = "Channel " + channel.name();
                if (channel.kind() == Kind.TELEGRAM) {
                    TelegramBot bot = ChannelSenders.bot(settings, channel.name(), http);
                    findings.addAll(telegram(about, channel.channel().businessNumber(), bot));
                } else {
                    findings.add(CheckResult.unknown(
                            about,
                            "Its settings can be used. It is not called, because it has no call that sends nothing: send a"
                                    + " reply, and lull_bridge_channel_calls_seconds_count must count it as ok"));
                }
            }
        }
        return findings;
    }

    private static List<CheckResult> telegram(String about, String number, TelegramBot bot)
            throws InterruptedException {
        return switch (bot.call(number, "getMe", Json.object())) {
            case TelegramBot.Answer.Failed(WhatsAppError error) -> List.of(CheckResult.wrong(about, reason(error)));
            case TelegramBot.Answer.Ok(JsonNode me) ->
                switch (bot.call(number, "getWebhookInfo", Json.object())) {
                    case TelegramBot.Answer.Failed(WhatsAppError error) ->
                        List.of(CheckResult.wrong(about, reason(error)));
                    case TelegramBot.Answer.Ok(JsonNode info) ->
                        List.of(
                                CheckResult.well(
                                        about,
                                        "the token is that of the bot "
                                                + me.path("username").asText("")),
                                webhook(about, info));
                };
        };
    }

    /// What is wrong with a webhook, as Telegram describes it. Its address is not shown.
    static CheckResult webhook(String about, JsonNode info) {
        if (info.path("url").asText("").isEmpty()) {
            return CheckResult.wrong(about, "no webhook is set, so no message arrives: call setWebhook");
        }
        // Without a list Telegram sends everything except reactions and changes of members.
        Set<String> missing = new TreeSet<>(UPDATES);
        JsonNode allowed = info.path("allowed_updates");
        if (allowed.isEmpty()) {
            missing.retainAll(Set.of("message_reaction"));
        }
        allowed.forEach(update -> missing.remove(update.asText()));
        if (!missing.isEmpty()) {
            return CheckResult.wrong(
                    about, "its webhook does not get " + String.join(", ", missing) + ": add it to allowed_updates");
        }
        String error = info.path("last_error_message").asText("");
        if (info.path("pending_update_count").asInt(0) > 0 && !error.isEmpty()) {
            return CheckResult.wrong(
                    about,
                    info.path("pending_update_count").asInt() + " updates wait, because the webhook failed: " + error);
        }
        return info.path("max_connections").asInt(40) > 1
                ? CheckResult.unknown(
                        about, "its webhook has several connections, which may swap messages: set max_connections=1")
                : CheckResult.well(about, "its webhook gets every update that Lull reads");
    }

    private static String reason(WhatsAppError error) {
        return switch (error) {
            case WhatsAppError.Unclear(boolean _, String reason) -> reason;
            case WhatsAppError.Transient(Duration _, String reason) -> reason;
            case WhatsAppError.Refused(int _, String reason) -> reason;
            case WhatsAppError.Misconfigured misconfigured -> misconfigured.reason();
        };
    }
}
