package lull.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lull.aggregator.AggregatorSettings;
import lull.bridge.BridgeSettings;
import lull.ingress.IngressSettings;
import lull.runtime.settings.ProcessSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a command's settings come from: the environment over `--config` over the defaults.
public final class Configuration {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:LULL_CONFIG}",
            description = "Settings in Java properties format; the environment (LULL_...) goes over them."
                    + " docs/configuration.md lists all settings.")
    private @Nullable Path file;

    /// The settings of the process and of one service. Those of other services may be there and are let be.
    Settings load(Function<List<String>, List<Setting<?>>> service) {
        Map<String, String> keys = keys();
        List<String> inputs = SettingsLoader.readFirst(ProcessSettings.INPUTS, System.getenv(), keys);
        List<Setting<?>> own = new ArrayList<>(ProcessSettings.ALL);
        own.addAll(service.apply(inputs));
        return new SettingsLoader(own, known(inputs)).load(System.getenv(), keys);
    }

    /// The settings of the whole installation, from an environment and the keys of a file.
    public static Settings load(Map<String, String> environment, Map<String, String> file) {
        List<String> inputs = SettingsLoader.readFirst(ProcessSettings.INPUTS, environment, file);
        return new SettingsLoader(known(inputs)).load(environment, file);
    }

    /// Every setting of an installation with these input topics.
    public static List<Setting<?>> known(List<String> inputTopics) {
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(IngressSettings.ALL);
        known.addAll(AggregatorSettings.all(inputTopics));
        known.addAll(BridgeSettings.ALL);
        return known;
    }

    private Map<String, String> keys() {
        Path given = file;
        return given == null ? Map.of() : SettingsLoader.read(given);
    }
}
