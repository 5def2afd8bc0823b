package lull.local;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.aggregator.route.RouteSettings;
import lull.ingress.IngressSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;

/// Settings by which the local system has an app whose turns go to the echo application.
final class EchoSettings {

    /// Name of the app, of its route, and of its destination.
    static final String NAME = "echo";

    /// The setting of the application's address.
    static final String URL = "destination." + NAME + ".url";

    /// Who sets one of these has apps or destinations of their own.
    private static final List<Setting<?>> OWN =
            List.of(IngressSettings.APPS, DestinationSettings.DESTINATIONS, RouteSettings.ROUTES);

    private EchoSettings() {}

    /// Whether nothing else is configured that these settings would replace.
    static boolean areFree(Map<String, String> environment, Map<String, String> file) {
        return OWN.stream()
                .noneMatch(setting -> Stream.concat(
                                file.keySet().stream()
                                        .filter(name ->
                                                name.equals(setting.name()) || name.startsWith(setting.name() + ".")),
                                environment.keySet().stream()
                                        .filter(name -> name.startsWith(setting.environmentName())))
                        .findAny()
                        .isPresent());
    }

    /// @param application address to which turns are posted
    static Map<String, String> of(URI application) {
        return Map.of(
                IngressSettings.APPS.name(),
                NAME,
                "whatsapp.app.secrets." + NAME,
                LocalLull.APP_SECRET,
                "whatsapp.verify.token." + NAME,
                LocalLull.VERIFY_TOKEN,
                DestinationSettings.DESTINATIONS.name(),
                NAME,
                "destination." + NAME + ".kind",
                DestinationSettings.Kind.HTTP.word(),
                URL,
                application.toString(),
                RouteSettings.ROUTES.name(),
                NAME + ": app=" + NAME + ", to=" + NAME);
    }
}
