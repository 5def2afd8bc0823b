package lull.runtime.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values of all settings of a process. Made by [SettingsLoader]; an object that exists is valid.
public final class Settings {

    private final Map<Setting<?>, @Nullable String> texts;
    private final Map<String, String> kafka;

    Settings(Map<Setting<?>, @Nullable String> texts, Map<String, String> kafka) {
        this.texts = texts;
        this.kafka = Map.copyOf(kafka);
    }

    /// The defaults of these settings, with some of them given as text: for tests and for the local system.
    public static Settings of(Collection<? extends Setting<?>> known, Map<String, String> given) {
        return new SettingsLoader(known).load(Map.of(), given);
    }

    /// The value of a setting; throws `IllegalStateException` for one that this process did not load.
    public <T> T get(Setting<T> setting) {
        if (!texts.containsKey(setting)) {
            throw new IllegalStateException("The setting " + setting + " was not loaded");
        }
        return setting.read(texts.get(setting));
    }

    /// What was said for Kafka's clients, by property name.
    public Map<String, String> kafka() {
        return kafka;
    }

    /// Every setting with the value in force, secrets hidden, in order of name.
    public Map<String, String> effective() {
        Map<String, String> effective = new TreeMap<>();
        texts.forEach((setting, text) -> {
            String shown = text != null ? text : setting.defaultText().orElse("");
            effective.put(setting.name(), setting.isSecret() && !shown.isEmpty() ? "***" : shown);
        });
        kafka.forEach((name, value) -> effective.put("kafka." + name, isSecretOfKafka(name) ? "***" : value));
        return new LinkedHashMap<>(effective);
    }

    private static boolean isSecretOfKafka(String name) {
        return name.contains("password") || name.contains("jaas") || name.contains("secret") || name.endsWith(".key");
    }
}
