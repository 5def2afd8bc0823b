package lull.local;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.applications.assistant.AssistantSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;

/// Settings by which assistants of the local system use the stand-in of a language model, unless
/// they name another.
final class ModelSettings {

    /// The key of the stand-in.
    static final String KEY = "local-model";

    private ModelSettings() {}

    /// Returns the assistants without an address of a language model, and without a key for one.
    static List<String> assistants(Map<String, String> environment, Map<String, String> file) {
        return SettingsLoader.readFirst(DestinationSettings.DESTINATIONS, environment, file).stream()
                .filter(name -> SettingsLoader.readFirst(DestinationSettings.kind(name), environment, file)
                        == DestinationSettings.Kind.ASSISTANT)
                .filter(name ->
                        SettingsLoader.readFirst(url(name), environment, file).isEmpty())
                .filter(name -> SettingsLoader.readFirst(AssistantSettings.key(name), environment, file)
                        .isEmpty())
                .toList();
    }

    /// @param model address of the language model
    static Map<String, String> of(List<String> assistants, URI model) {
        Map<String, String> settings = new HashMap<>();
        for (String name : assistants) {
            settings.put(url(name).name(), model.toString());
            settings.put(DestinationSettings.named(name, "key"), KEY);
        }
        return Map.copyOf(settings);
    }

    /// Returns the address of the stand-in among the settings of the local system; empty if none runs.
    static Optional<URI> model(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().endsWith(".key"))
                .map(setting -> setting.getKey().replaceAll("key$", "url"))
                .flatMap(url -> Optional.ofNullable(settings.get(url)).stream())
                .map(URI::create)
                .findFirst();
    }

    private static Setting<String> url(String name) {
        return Setting.text(DestinationSettings.named(name, "url"), "", "Address of a language model");
    }
}
