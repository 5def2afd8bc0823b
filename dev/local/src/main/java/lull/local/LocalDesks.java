package lull.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.chatwoot.ChatwootSettings;
import lull.runtime.Lifecycle;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.DestinationSettings.Kind;
import lull.runtime.settings.SettingsLoader;
import lull.standins.chatwoot.ChatwootStandIn;

/// Stand-ins of Chatwoot for the destinations of that kind that have no address: a kind and a route are
/// enough to try one.
final class LocalDesks {

    private static final Pattern URL =
            Pattern.compile(DestinationSettings.named("([a-z0-9-]+)", "url").replace(".", "\\."));

    private LocalDesks() {}

    /// Starts the stand-ins as components of this process, and returns the settings by which the
    /// services use them, by name.
    static Map<String, String> start(
            LocalOptions options, Map<String, String> environment, Map<String, String> file, Lifecycle components) {
        Map<String, String> settings = new HashMap<>();
        for (String name : SettingsLoader.readFirst(DestinationSettings.DESTINATIONS, environment, file)) {
            Kind kind = SettingsLoader.readFirst(DestinationSettings.kind(name), environment, file);
            if (kind == Kind.CHATWOOT
                    && SettingsLoader.readFirst(DestinationSettings.url(name), environment, file)
                            .isEmpty()) {
                ChatwootStandIn standIn = components.add(
                        "Chatwoot stand-in",
                        ChatwootStandIn.start(
                                options.host(),
                                0,
                                Optional.of(options.uri(options.ingressPort(), "/webhooks/chatwoot/" + name))));
                settings.put(DestinationSettings.url(name).name(), standIn.uri().toString());
                settings.put(ChatwootSettings.account(name).name(), Integer.toString(ChatwootStandIn.ACCOUNT));
                settings.put(ChatwootSettings.inbox(name).name(), ChatwootStandIn.INBOX);
                settings.put(ChatwootSettings.token(name).name(), ChatwootStandIn.TOKEN);
                settings.put(ChatwootSettings.callbackSecrets(name).name(), ChatwootStandIn.SECRET);
            }
        }
        file.keySet().forEach(settings::remove);
        return settings;
    }

    /// Returns the addresses at which the stand-ins show their conversations, by the destination's name.
    static Map<String, String> shown(Map<String, String> settings) {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((setting, url) -> {
            Matcher desk = URL.matcher(setting);
            if (desk.matches()
                    && settings.containsKey(
                            ChatwootSettings.inbox(desk.group(1)).name())) {
                shown.put(desk.group(1), url + "/_conversations");
            }
        });
        return shown;
    }
}
