package lull.local;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.Channel.Kind;
import lull.runtime.Lifecycle;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;
import lull.standins.channel.ChannelStandIn;
import lull.standins.channel.TelegramStandIn;
import lull.standins.provider.ProviderStandIn;
import lull.whatsapp.channel.ChannelSettings;

/// Stand-ins of the channels that are configured without an address: `channels=desk` is enough to try one.
final class LocalChannels {

    /// The token with which messages of channels are sent to the local system.
    static final String TOKEN = "local-channel";

    /// The secret in the paths of webhooks of z-api and Evolution in the local system.
    static final String PATH_SECRET = "local-channel-secret";

    private static final Pattern URL = Pattern.compile("channel\\.(.*)\\.url");

    private LocalChannels() {}

    /// Starts the stand-ins as components of this process, and returns the settings by which the
    /// services use them, by name.
    static Map<String, String> start(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components) {
        Map<String, String> settings = new HashMap<>();
        for (String name : SettingsLoader.readFirst(ChannelSettings.CHANNELS, environment, file)) {
            Kind kind = Kind.find(SettingsLoader.readFirst(ChannelSettings.kind(name), environment, file))
                    .orElse(Kind.WHATSAPP);
            if (isGiven(ChannelSettings.url(name), environment, file)) {
                continue;
            }
            switch (kind) {
                case JSON -> {
                    ChannelStandIn standIn =
                            components.add("channel stand-in", ChannelStandIn.start(options.host(), 0));
                    settings.put(ChannelSettings.url(name).name(), standIn.url());
                    settings.put(ChannelSettings.signing(name).name(), ChannelStandIn.SECRET);
                    settings.put(ChannelSettings.secrets(name).name(), TOKEN);
                }
                case TELEGRAM -> {
                    TelegramStandIn standIn = components.add(
                            "Telegram stand-in",
                            TelegramStandIn.start(
                                    options.host(),
                                    0,
                                    options.uri(options.ingressPort(), "/webhooks/telegram/" + name)));
                    settings.put(ChannelSettings.url(name).name(), standIn.uri().toString());
                    settings.put(ChannelSettings.token(name).name(), TelegramStandIn.TOKEN);
                    settings.put(ChannelSettings.secrets(name).name(), TelegramStandIn.SECRET);
                }
                case Z_API, EVOLUTION -> {
                    String provider = kind.word();
                    ProviderStandIn standIn = components.add(
                            provider + " stand-in",
                            ProviderStandIn.start(
                                    options.host(),
                                    0,
                                    Map.of(
                                            provider,
                                            options.uri(
                                                    options.ingressPort(),
                                                    "/webhooks/" + provider + "/" + name + "/" + PATH_SECRET))));
                    boolean isZApi = kind == Kind.Z_API;
                    settings.put(ChannelSettings.url(name).name(), isZApi ? standIn.zApiUrl() : standIn.evolutionUrl());
                    settings.put(
                            ChannelSettings.headers(name).name(),
                            (isZApi ? "Client-Token=" : "apikey=") + ProviderStandIn.KEY);
                    settings.put(ChannelSettings.secrets(name).name(), PATH_SECRET);
                }
                case WHATSAPP -> {
                    // It is no channel of these settings.
                }
            }
        }
        file.keySet().forEach(settings::remove);
        return settings;
    }

    /// Returns the addresses at which the stand-ins show what they were sent, by the channel's name.
    ///
    /// @param settings that [#start] has returned, among others
    static Map<String, String> shown(Map<String, String> settings) {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((setting, value) -> {
            Matcher channel = URL.matcher(setting);
            if (channel.matches()) {
                URI address = URI.create(value.replace("{method}", "method"));
                boolean isBot = address.getPath().isEmpty();
                shown.put(
                        channel.group(1),
                        address.resolve(isBot ? "/_calls" : "/_messages").toString());
            }
        });
        return shown;
    }

    private static boolean isGiven(Setting<?> setting, Map<String, String> environment, Map<String, String> file) {
        return Optional.ofNullable(file.get(setting.name()))
                .or(() -> Optional.ofNullable(environment.get(setting.environmentName())))
                .isPresent();
    }
}
