package lull.whatsapp.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.Channel;
import lull.contract.Channel.Kind;
import lull.runtime.BearerTokens;
import lull.runtime.CannotStart;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.provider.ProviderSettings;

/// Settings of channels besides WhatsApp. The ingress reads those of messages that arrive, the bridge those of
/// replies.
public final class ChannelSettings {

    /// The address of the Telegram Bot API.
    static final String TELEGRAM = "https://api.telegram.org";

    /// Placeholder of the method in the addresses of z-api and Evolution.
    private static final String METHOD = "{method}";

    public static final Setting<List<String>> CHANNELS = Formats.APP.ofEach(Setting.list(
            "channels",
            "",
            "Channels besides WhatsApp, separated by commas; names are lower-case letters, digits and hyphens, and"
                    + " none is also in whatsapp.apps. channel.<name>.kind says what a channel is"));

    /// All settings, except those of single channels.
    public static final List<Setting<?>> ALL = List.of(CHANNELS);

    /// The form that Telegram gives the secret of a webhook.
    private static final String TELEGRAM_SECRET = "[A-Za-z0-9_-]{1,256}";

    /// The form of a secret that may be part of a path.
    private static final String PATH_SECRET = "[A-Za-z0-9_-]{16,256}";

    private static final String BOT_TOKEN = "[0-9]{1,20}:[A-Za-z0-9_-]{10,200}";

    private ChannelSettings() {}

    /// A channel that is configured.
    public record Configured(String name, Kind kind) {

        /// Returns the channel, as conversations name it.
        public Channel channel() {
            return new Channel(kind, name, "");
        }
    }

    /// Returns the settings of a channel.
    public static List<Setting<?>> ofChannel(String name) {
        return List.of(
                kind(name),
                topic(name),
                secrets(name),
                url(name),
                token(name),
                signing(name),
                headers(name),
                mediaHosts(name));
    }

    /// What a channel is.
    public static Setting<String> kind(String name) {
        return Setting.text(
                        "channel." + name + ".kind",
                        "json",
                        "What the channel is: `json` (a program of yours), `telegram` (a bot of Telegram), `z-api` or"
                                + " `evolution` (WhatsApp by these providers)")
                .checked(word -> Kind.find(word).isPresent(), "must be json, telegram, z-api or evolution");
    }

    /// The input topic of its messages.
    public static Setting<Optional<String>> topic(String name) {
        return Formats.KAFKA_TOPIC.ofOptional(Setting.optional(
                "channel." + name + ".topic",
                "Input topic to which the channel's messages are written; ingress.topic if it is not set"));
    }

    /// What a request with the channel's messages must prove that it knows.
    public static Setting<List<String>> secrets(String name) {
        return Formats.TOKEN.ofEach(Setting.list(
                        "channel." + name + ".secrets",
                        "",
                        "Secrets of requests that bring the channel's messages, separated by commas; any of them is"
                                + " accepted, so that they can be rotated. `json`: bearer tokens, or secrets of signatures"
                                + " by Standard Webhooks, which begin with whsec_. `telegram`: the secret_token of"
                                + " setWebhook. `z-api`, `evolution`: the last part of the webhook's path. If a file"
                                + " holds them, it is read again when it changes")
                .secret());
    }

    /// Where replies are sent.
    public static Setting<Optional<String>> url(String name) {
        return Setting.optional(
                        "channel." + name + ".url",
                        "Address to which replies are posted. `json`: of your program. `telegram`: the Bot API, by"
                                + " default https://api.telegram.org. `z-api`, `evolution`: the provider's, with {method} as"
                                + " in replies.url.<app>. Must use https unless it is on this machine")
                .checked(
                        text -> text.map(ProviderSettings::isAddress).orElse(true),
                        "must be an address with https; http is allowed only on this machine")
                .secret();
    }

    /// The token of a bot.
    public static Setting<Optional<String>> token(String name) {
        return Setting.optional(
                        "channel." + name + ".token",
                        "`telegram`: the token of the bot, which BotFather gives. If a file holds it, it is read again"
                                + " when it changes")
                .checked(
                        text -> text.map(token -> token.matches(BOT_TOKEN)).orElse(true),
                        "must be the token of a bot, such as 123456:ABC-DEF")
                .secret();
    }

    /// How replies are signed.
    public static Setting<List<String>> signing(String name) {
        return Setting.list(
                        "channel." + name + ".signing.secrets",
                        "",
                        "`json`: secrets by which replies to the channel are signed by Standard Webhooks, separated by"
                                + " commas: whsec_ and 24 to 64 bytes in base64. Without any they are not signed. If a"
                                + " file holds them, it is read again when it changes")
                .checked(
                        secrets -> secrets.stream().allMatch(WebhookSecrets::isSecret),
                        "must be whsec_ and 24 to 64 bytes in base64, separated by commas")
                .secret();
    }

    /// Headers of each call.
    public static Setting<Map<String, String>> headers(String name) {
        return Setting.pairs(
                        "channel." + name + ".headers",
                        "",
                        "`json`, `z-api`, `evolution`: headers of each call that sends a reply, as name=value, separated"
                                + " by commas, such as Client-Token=… of z-api or apikey=… of Evolution. If a file holds"
                                + " them, it is read again when it changes")
                .checked(ProviderSettings::areHeaders, "must be names and values of HTTP headers")
                .secret();
    }

    /// Hosts of customers' files.
    static Setting<List<String>> mediaHosts(String name) {
        return Formats.HOST_OR_DOMAIN.ofEach(
                Setting.list(
                        "channel." + name + ".media.hosts",
                        "",
                        "`json`, `z-api`: hosts from which customers' files may be downloaded by https, separated by commas; one"
                                + " that begins with a dot stands for all hosts below it. Without any, agents read that there is a"
                                + " file. `json` on this machine may also use http from this machine, if localhost is among them"));
    }

    /// Returns the configured channels. Throws [CannotStart] if a channel has the name of an app.
    public static List<Configured> channels(Settings settings) {
        List<Configured> channels = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> apps = settings.get(AppSettings.APPS);
        for (String name : settings.get(CHANNELS)) {
            if (apps.contains(name)
                    || channels.stream().anyMatch(known -> known.name().equals(name))) {
                problems.add(CHANNELS.name() + " has the name " + name
                        + (apps.contains(name) ? ", which is also in " + AppSettings.APPS.name() : " twice")
                        + ". Give each channel a name of its own");
            } else {
                channels.add(
                        new Configured(name, Kind.find(settings.get(kind(name))).orElseThrow()));
            }
        }
        require(problems);
        return channels;
    }

    /// Returns the channels whose messages an ingress accepts. Throws [CannotStart] with all problems if one has no
    /// secret, or one that its kind cannot have.
    public static List<Configured> accepting(Settings settings) {
        List<Configured> channels = channels(settings);
        List<String> problems = new ArrayList<>();
        for (Configured channel : channels) {
            Setting<List<String>> setting = secrets(channel.name());
            List<String> secrets = settings.get(setting);
            if (secrets.isEmpty()) {
                problems.add(setting.environmentName() + " is not set: without it nobody can send messages of channel "
                        + channel.name());
            } else if (!secrets.stream().allMatch(secret -> isSecret(channel.kind(), secret))) {
                problems.add(setting.name() + " " + mustBe(channel.kind()));
            }
        }
        require(problems);
        return channels;
    }

    /// Whether a text can be a secret of messages of a kind of channel.
    public static boolean isSecret(Kind kind, String secret) {
        return switch (kind) {
            case TELEGRAM -> secret.matches(TELEGRAM_SECRET);
            case Z_API, EVOLUTION -> secret.matches(PATH_SECRET);
            case JSON, WHATSAPP ->
                secret.startsWith(WebhookSecrets.PREFIX)
                        ? WebhookSecrets.isSecret(secret)
                        : BearerTokens.isToken(secret);
        };
    }

    private static String mustBe(Kind kind) {
        return switch (kind) {
            case TELEGRAM ->
                "must have 1 to 256 letters, digits, hyphens and underscores, as Telegram allows no others";
            case Z_API, EVOLUTION ->
                "must have 16 to 256 letters, digits, hyphens and underscores, as it is part of a path";
            case JSON, WHATSAPP -> "must be bearer tokens, or whsec_ and 24 to 64 bytes in base64";
        };
    }

    /// Returns the channels to which a bridge sends replies. Throws [CannotStart] with all problems if a setting is
    /// missing.
    public static List<Configured> sending(Settings settings) {
        List<Configured> channels = channels(settings);
        List<String> problems = new ArrayList<>();
        for (Configured channel : channels) {
            Setting<Optional<String>> needed =
                    channel.kind() == Kind.TELEGRAM ? token(channel.name()) : url(channel.name());
            Optional<String> value = settings.get(needed);
            if (value.isEmpty()) {
                problems.add(needed.environmentName() + " is not set: without it no reply can be sent to channel "
                        + channel.name());
            } else if (isProvider(channel.kind()) != value.get().contains(METHOD)) {
                problems.add(
                        needed.name() + (isProvider(channel.kind()) ? " needs " + METHOD : " must not have " + METHOD));
            }
        }
        require(problems);
        return channels;
    }

    private static boolean isProvider(Kind kind) {
        return kind == Kind.Z_API || kind == Kind.EVOLUTION;
    }

    private static void require(List<String> problems) {
        if (!problems.isEmpty()) {
            throw CannotStart.because("The configuration cannot be used:", problems);
        }
    }
}
