package lull.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lull.aggregator.AggregatorSettings;
import lull.aggregator.stream.StreamSettings;
import lull.aggregator.turn.TurnSettings;
import lull.applications.ApplicationSettings;
import lull.archive.ArchiveSettings;
import lull.bridge.BridgeSettings;
import lull.console.ConsoleSettings;
import lull.ingress.IngressSettings;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import lull.whatsapp.channel.ChannelSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Source of a command's settings: the environment overrides `--config`, which overrides the defaults.
public final class Configuration {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:LULL_CONFIG}",
            description = "Settings file in Java properties format; the environment (LULL_...) overrides it."
                    + " docs/configuration.md lists all settings.")
    private @Nullable Path file;

    /// Scopes in which an installation can have settings of its own.
    ///
    /// @param inputs input topics
    /// @param apps further WhatsApp apps
    /// @param numbers business numbers whose turns have settings of their own
    /// @param chatNumbers business numbers whose chats have settings of their own
    /// @param destinations destinations of turns besides Amazon Connect
    /// @param channels channels besides WhatsApp
    record SettingScopes(
            List<String> inputs,
            List<String> apps,
            List<String> numbers,
            List<String> chatNumbers,
            List<String> destinations,
            List<String> channels) {
        static final SettingScopes NONE =
                new SettingScopes(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

        SettingScopes {
            inputs = List.copyOf(inputs);
            apps = List.copyOf(apps);
            numbers = List.copyOf(numbers);
            chatNumbers = List.copyOf(chatNumbers);
            destinations = List.copyOf(destinations);
            channels = List.copyOf(channels);
        }

        static SettingScopes of(Map<String, String> environment, Map<String, String> file) {
            return new SettingScopes(
                    SettingsLoader.readFirst(TopicSettings.INPUTS, environment, file),
                    SettingsLoader.readFirst(IngressSettings.APPS, environment, file),
                    SettingsLoader.readFirst(TurnSettings.NUMBERS, environment, file),
                    SettingsLoader.readFirst(NumberSettings.NUMBERS, environment, file),
                    SettingsLoader.readFirst(DestinationSettings.DESTINATIONS, environment, file),
                    SettingsLoader.readFirst(ChannelSettings.CHANNELS, environment, file));
        }
    }

    /// Returns the settings of the process and of one service. Settings of other services are allowed
    /// and ignored.
    Settings load(Function<SettingScopes, List<Setting<?>>> service) {
        Map<String, String> keys = keys();
        SettingScopes several = SettingScopes.of(System.getenv(), keys);
        List<Setting<?>> own = new ArrayList<>(ProcessSettings.ALL);
        own.addAll(service.apply(several));
        return new SettingsLoader(own, known(several), StreamSettings.kafkaNames()).load(System.getenv(), keys);
    }

    /// Returns the settings of the whole installation, from an environment and the keys of a file.
    public static Settings load(Map<String, String> environment, Map<String, String> file) {
        return new SettingsLoader(known(SettingScopes.of(environment, file)), List.of(), StreamSettings.kafkaNames())
                .load(environment, file);
    }

    /// Returns every setting of an installation.
    static List<Setting<?>> known(SettingScopes several) {
        Set<Setting<?>> known = new LinkedHashSet<>(ProcessSettings.ALL);
        known.addAll(IngressSettings.all(several.apps(), List.of(), several.channels(), List.of()));
        known.addAll(AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
        known.addAll(BridgeSettings.all(several.chatNumbers(), several.apps(), several.channels()));
        known.addAll(ApplicationSettings.all(several.destinations()));
        known.addAll(ArchiveSettings.ALL);
        known.addAll(ConsoleSettings.ALL);
        known.addAll(DoctorSettings.ALL);
        known.addAll(EraseSettings.ALL);
        return List.copyOf(known);
    }

    private Map<String, String> keys() {
        Path given = file;
        return given == null ? Map.of() : SettingsLoader.read(given);
    }
}
