package lull.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.aggregator.AggregatorSettings;
import lull.aggregator.route.RouteSettings;
import lull.aggregator.turn.TurnSettings;
import lull.applications.ApplicationSettings;
import lull.archive.ArchiveSettings;
import lull.bridge.BridgeSettings;
import lull.cli.json.JsonOutput;
import lull.connect.ConnectSettings;
import lull.console.ConsoleSettings;
import lull.contract.topic.Topics;
import lull.ingress.IngressSettings;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import lull.runtime.sns.SnsSettings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.channel.ChannelSettings;
import lull.whatsapp.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull settings`: lists the settings, service by service.
@Command(
        name = "settings",
        description = "Lists all settings: name, environment variable, default, description.",
        mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {

    private static final String APP = "sales";
    private static final String NUMBER = "106540352242922";
    private static final String DESTINATION = "bot";

    private static final String OF_DESTINATIONS =
            "Settings of each destination of `destinations`, with its name in the middle, as for the destination `bot`:";

    private static final String CHANNEL = "desk";

    private static final String OF_CHANNELS =
            "Settings of each channel of `channels`, with its name in the middle, as for the channel `" + CHANNEL
                    + "`:";

    private static final String OF_PROVIDERS =
            "Settings of each further app of `whatsapp.apps` whose channel is another provider, as for the app `" + APP
                    + "`:";

    @Option(names = "--markdown", description = "Print the tables of docs/configuration.md.")
    private boolean markdown;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    /// Settings of a service, or those that several services share.
    record Group(String title, List<Setting<?>> settings) {
        Group {
            settings = List.copyOf(settings);
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        json.requireAlone(spec, "--markdown", markdown);
        if (json.isWanted()) {
            json().forEach(setting -> JsonOutput.print(setting, out));
        } else {
            (markdown ? markdown() : table()).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    /// Returns all settings for programs. Those of further apps of another provider and of destinations
    /// have the name of an example in their name.
    static List<Map<String, @Nullable Object>> json() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Group group : groups()) {
            group.settings().forEach(setting -> all.add(json(group.title(), setting, null)));
        }
        perProvider().forEach(setting -> all.add(json("One app of another provider", setting, APP)));
        perChannel().forEach(setting -> all.add(json("One channel besides WhatsApp", setting, CHANNEL)));
        perDestination().forEach(setting -> all.add(json("One destination", setting, DESTINATION)));
        return all;
    }

    private static Map<String, @Nullable Object> json(String service, Setting<?> setting, @Nullable String example) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("service", service);
        json.put("name", setting.name());
        json.put("environment", setting.environmentName());
        json.put("default", setting.defaultText().orElse(null));
        json.put("required", setting.isRequired());
        json.put("secret", setting.isSecret());
        json.put("form", setting.form().name().toLowerCase(Locale.ROOT));
        json.put("description", setting.description());
        json.put("alsoFor", example == null ? alsoFor(setting) : null);
        json.put("example", example);
        return json;
    }

    /// Returns for what a setting can also be set alone, with a dot and its name appended.
    private static List<String> alsoFor(Setting<?> setting) {
        Map<String, List<Setting<?>>> ofEach = new LinkedHashMap<>();
        ofEach.put("input topic", perTopic());
        ofEach.put("business number of turn.numbers", perNumber());
        ofEach.put("business number of connect.numbers", perChatNumber());
        ofEach.put("app of whatsapp.apps", perApp());
        return ofEach.entrySet().stream()
                .filter(each -> each.getValue().contains(setting))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Returns all settings, except those of single input topics, business numbers, apps and
    /// destinations, which [#perTopic()], [#perNumber()], [#perApp()], [#perProvider()] and
    /// [#perDestination()] return.
    static List<Group> groups() {
        List<Setting<?>> bridge = new ArrayList<>(BridgeSettings.ALL);
        bridge.removeAll(AppSettings.ALL);
        bridge.removeAll(ChannelSettings.ALL);
        List<Setting<?>> ingress = new ArrayList<>(IngressSettings.all(List.of()));
        ingress.removeAll(bridge);
        ingress.removeAll(DestinationSettings.ALL);
        bridge.removeAll(SnsSettings.ALL);
        return List.of(
                new Group("Every process", ProcessSettings.ALL),
                new Group("Ingress", ingress),
                new Group("Aggregator", AggregatorSettings.all(List.of(), List.of(), List.of())),
                new Group("Bridge", bridge),
                new Group("Applications", applications()),
                new Group("Archive", ArchiveSettings.ALL),
                new Group("Console", ConsoleSettings.ALL),
                new Group("Notifications of SNS (ingress and bridge)", SnsSettings.ALL),
                new Group("Doctor", DoctorSettings.ALL),
                new Group("Erasure", EraseSettings.ALL));
    }

    /// Whether a name is that of a setting.
    static boolean isSetting(String name) {
        return groups().stream()
                .flatMap(group -> group.settings().stream())
                .anyMatch(setting -> setting.name().equals(name));
    }

    /// Returns the settings that can also be set for one input topic.
    static List<Setting<?>> perTopic() {
        String topic = Topics.MESSAGE_RECEIVED.name();
        return alsoOf(topic, AggregatorSettings.all(List.of(topic), List.of(), List.of()));
    }

    /// Returns the settings that can also be set for one business number.
    static List<Setting<?>> perNumber() {
        return alsoOf(NUMBER, AggregatorSettings.all(List.of(), List.of(NUMBER), List.of()));
    }

    /// Returns the settings of chats that can also be set for one business number.
    static List<Setting<?>> perChatNumber() {
        return alsoOf(NUMBER, BridgeSettings.all(List.of(NUMBER), List.of()));
    }

    /// Returns the settings that can also be set for one WhatsApp app.
    static List<Setting<?>> perApp() {
        return alsoOf(APP, IngressSettings.all(List.of(APP)));
    }

    /// Returns the settings of an app whose channel is another provider.
    static List<Setting<?>> perProvider() {
        return ProviderSettings.ofApp(APP);
    }

    /// Returns the settings of a channel besides WhatsApp.
    static List<Setting<?>> perChannel() {
        return ChannelSettings.ofChannel(CHANNEL);
    }

    /// Returns the settings of a destination.
    static List<Setting<?>> perDestination() {
        Set<Setting<?>> all = new LinkedHashSet<>(RouteSettings.ofDestination(DESTINATION));
        all.addAll(ApplicationSettings.ofDestination(DESTINATION));
        return List.copyOf(all);
    }

    /// Returns those that no other service has.
    private static List<Setting<?>> applications() {
        List<Setting<?>> own = new ArrayList<>(ApplicationSettings.ALL);
        own.removeAll(BridgeSettings.ALL);
        own.removeAll(DestinationSettings.ALL);
        return own;
    }

    private static List<Setting<?>> alsoOf(String one, List<Setting<?>> settings) {
        return groups().stream()
                .flatMap(group -> group.settings().stream())
                .filter(setting -> settings.stream().anyMatch(of -> of.name().equals(setting.name() + "." + one)))
                .collect(Collectors.toUnmodifiableList());
    }

    private static List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (Group group : groups()) {
            lines.addAll(List.of("### " + group.title(), ""));
            lines.add("| setting | environment | default | secret | description |");
            lines.add("|---|---|---|---|---|");
            for (Setting<?> setting : group.settings()) {
                lines.add("| "
                        + String.join(
                                " | ",
                                code(setting.name()),
                                code(setting.environmentName()),
                                setting.defaultText()
                                        .filter(text -> !text.isEmpty())
                                        .map(SettingsCommand::code)
                                        .orElseGet(() -> byDefault(setting)),
                                setting.isSecret() ? "yes" : "",
                                setting.description().replace("|", "\\|"))
                        + " |");
            }
            lines.add("");
        }
        lines.addAll(List.of("### One input topic", "", patternOfTopics(), ""));
        lines.addAll(List.of("### One business number", "", patternOfNumbers(), "", patternOfChatNumbers(), ""));
        lines.addAll(List.of("### One WhatsApp app", "", patternOfApps(), ""));
        lines.addAll(List.of("### One app of another provider", "", OF_PROVIDERS, ""));
        lines.addAll(rows(perProvider()));
        lines.addAll(List.of("", "### One channel besides WhatsApp", "", OF_CHANNELS, ""));
        lines.addAll(rows(perChannel()));
        lines.addAll(List.of("", "### One destination", "", OF_DESTINATIONS, ""));
        lines.addAll(rows(perDestination()));
        return lines;
    }

    private static List<String> rows(List<Setting<?>> settings) {
        List<String> rows =
                new ArrayList<>(List.of("| setting | environment | default | description |", "|---|---|---|---|"));
        settings.forEach(setting -> rows.add("| "
                + String.join(
                        " | ",
                        code(setting.name()),
                        code(setting.environmentName()),
                        setting.defaultText().map(SettingsCommand::code).orElseGet(() -> byDefault(setting)),
                        setting.description())
                + " |"));
        return rows;
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Group group : groups()) {
            lines.add(group.title());
            List<List<String>> rows = group.settings().stream()
                    .map(setting -> List.of(
                            setting.name(),
                            setting.environmentName(),
                            byDefault(setting),
                            setting.isSecret() ? "secret" : "",
                            setting.description()))
                    .toList();
            List<Integer> widths = IntStream.range(0, 4)
                    .mapToObj(column -> rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElse(0))
                    .toList();
            rows.forEach(row -> lines.add("  "
                    + IntStream.range(0, 4)
                            .mapToObj(column -> padded(row.get(column), widths.get(column)))
                            .collect(Collectors.joining("  "))
                    + "  " + row.getLast()));
            lines.add("");
        }
        lines.add(patternOfTopics().replace("`", ""));
        lines.add(patternOfNumbers().replace("`", ""));
        lines.add(patternOfChatNumbers().replace("`", ""));
        lines.add(patternOfApps().replace("`", ""));
        lines.add(OF_PROVIDERS.replace("`", "") + " "
                + perProvider().stream().map(Setting::name).collect(Collectors.joining(", ")) + ".");
        lines.add(OF_CHANNELS.replace("`", "") + " "
                + perChannel().stream().map(Setting::name).collect(Collectors.joining(", ")) + ".");
        lines.add(OF_DESTINATIONS.replace("`", "") + " "
                + perDestination().stream().map(Setting::name).collect(Collectors.joining(", ")) + ".");
        return lines;
    }

    private static String patternOfTopics() {
        Setting<?> example = TurnSettings.GAP.forTopic(Topics.MESSAGE_RECEIVED.name());
        return pattern("input topic", "topic's name", example, perTopic());
    }

    private static String patternOfNumbers() {
        Setting<?> example = TurnSettings.GAP.forNumber(NUMBER);
        return pattern("business number of `turn.numbers`", "number", example, perNumber());
    }

    private static String patternOfChatNumbers() {
        Setting<?> example = ConnectSettings.CONTACT_FLOW_ID.forNumber(NUMBER);
        return pattern("business number of `connect.numbers`", "number", example, perChatNumber());
    }

    private static String patternOfApps() {
        return pattern(
                "further app of `whatsapp.apps`", "app's name", IngressSettings.VERIFY_TOKEN.forApp(APP), perApp());
    }

    private static String pattern(String of, String named, Setting<?> example, List<Setting<?>> settings) {
        String names = settings.stream().map(setting -> code(setting.name())).collect(Collectors.joining(", "));
        return "Settings that can also be set for one " + of + ", with a dot and the " + named + " appended, as in "
                + code(example.name()) + " or " + code(example.environmentName()) + ": " + names + ".";
    }

    /// Returns the default, or the text in its place.
    private static String byDefault(Setting<?> setting) {
        return setting.defaultText().orElse(setting.isRequired() ? "required" : "");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
