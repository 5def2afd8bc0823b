package lull.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;
import org.jspecify.annotations.Nullable;

/// Tokens with which a command calls a process of Lull. Pure, except that it may read a file.
final class ServiceTokens {

    private ServiceTokens() {}

    /// Returns the tokens that were given, else those of the environment or of the file that it names, else the one of
    /// `lull local`. Throws `CannotStart` if the file cannot be read.
    ///
    /// @param setting of the process, which lists the tokens that it accepts
    static String of(
            @Nullable String given, Setting<List<String>> setting, Map<String, String> environment, String local) {
        if (given != null) {
            return given;
        }
        List<String> tokens = read(setting, environment);
        return tokens.isEmpty() ? local : String.join(",", tokens);
    }

    /// Returns the value of a setting in the environment, or in the file that it names. Throws `CannotStart` if the
    /// file cannot be read.
    static <T> T read(Setting<T> setting, Map<String, String> environment) {
        String variable = setting.environmentName();
        Map<String, String> own = Stream.of(variable, variable + "_FILE")
                .filter(environment::containsKey)
                .collect(Collectors.toMap(name -> name, environment::get));
        return new SettingsLoader(List.of(setting)).load(own, Map.of()).get(setting);
    }
}
