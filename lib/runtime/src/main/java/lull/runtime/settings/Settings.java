package lull.runtime.settings;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Values of all settings of a process. Created by [SettingsLoader], and valid once created.
public final class Settings {

    private final Map<Setting<?>, @Nullable String> texts;
    private final Map<Setting<?>, Path> files;
    private final Map<String, String> kafka;
    private final Predicate<String> isShown;

    /// @param files the files from which texts were read
    Settings(
            Map<Setting<?>, @Nullable String> texts,
            Map<Setting<?>, Path> files,
            Map<String, String> kafka,
            Predicate<String> isShown) {
        this.texts = texts;
        this.files = Map.copyOf(files);
        this.kafka = Map.copyOf(kafka);
        this.isShown = isShown;
    }

    /// Returns the defaults of these settings, with some of them given as text: for tests and for the
    /// local system.
    public static Settings of(Collection<? extends Setting<?>> known, Map<String, String> given) {
        return new SettingsLoader(known).load(Map.of(), given);
    }

    /// Returns the value of a setting; throws `IllegalStateException` for one that this process did not
    /// load.
    public <T> T get(Setting<T> setting) {
        if (!texts.containsKey(setting)) {
            throw new IllegalStateException("The setting " + setting + " was not loaded");
        }
        return setting.read(texts.get(setting));
    }

    /// Returns a supplier of the current value of a setting: if it is in a file, the file is read again
    /// at most once a second, so that a secret is replaced without a restart. While the file cannot be
    /// read, or has no valid content, the last value stays. The supplier is safe for several threads.
    public <T> Supplier<T> live(Setting<T> setting) {
        return live(setting, _ -> true, "");
    }

    /// Returns the same for a value that must also fit other settings, which do not change: what does not is not used.
    ///
    /// @param problem continues a sentence about the text of the file
    public <T> Supplier<T> live(Setting<T> setting, Predicate<T> fits, String problem) {
        Path file = files.get(setting);
        T value = get(setting);
        return file == null
                ? () -> value
                : new LiveSetting<>(setting.checked(fits, problem), file, value, System::nanoTime);
    }

    /// Whether it was set explicitly, even to its default.
    public boolean isGiven(Setting<?> setting) {
        return texts.get(setting) != null;
    }

    /// Returns the properties set for Kafka's clients, by property name.
    public Map<String, String> kafka() {
        return kafka;
    }

    /// Returns every setting with the value in force, secrets hidden, in order of name.
    public Map<String, String> effective() {
        Map<String, String> effective = new TreeMap<>();
        texts.forEach((setting, text) -> {
            String shown = text != null ? text : setting.defaultText().orElse("");
            effective.put(
                    setting.name(),
                    setting.isSecret() && !shown.isEmpty() ? "***" : SettingsLoader.withoutUsers(shown));
        });
        kafka.forEach((name, value) ->
                effective.put("kafka." + name, isShown.test(name) ? SettingsLoader.withoutUsers(value) : "***"));
        return new LinkedHashMap<>(effective);
    }

    /// Returns the settings that differ from their defaults, secrets hidden, in order of name.
    public Map<String, String> changed() {
        Map<String, String> changed = new LinkedHashMap<>(effective());
        texts.forEach((setting, text) -> {
            if (text == null || text.equals(setting.defaultText().orElse(""))) {
                changed.remove(setting.name());
            }
        });
        return changed;
    }
}
