package lull.console;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.console.signin.Operators;
import lull.console.signin.SignIns;
import lull.console.sources.SourceClient;
import lull.runtime.http.TlsSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the console.
public final class ConsoleSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);

    public static final Setting<Integer> PORT =
            Setting.number("console.port", 8089, 0, 65535, "Port of the operators' console; 0 picks a free port");

    public static final Setting<Optional<String>> HOST = Formats.HOST.ofOptional(
            Setting.optional("console.host", "Address on which console.port listens; overrides listen.host"));

    /// TLS at that port.
    public static final TlsSettings TLS = TlsSettings.of("console", "the console is served over TLS");

    public static final Setting<List<URI>> WATCH = Setting.of(
            "console.watch",
            "",
            "URLs of the admin ports that the console reads, such as http://10.0.0.7:9090, separated by commas. A host"
                    + " name with several addresses is several processes, unless the URL has https",
            ConsoleSettings::addresses);

    public static final Setting<Duration> WATCH_EVERY = Setting.duration(
            "console.watch.every", "5s", SECOND, Duration.ofMinutes(1), "How often the console reads the admin ports");

    public static final Setting<Duration> SOURCE_TIMEOUT = Setting.duration(
            "console.sources.timeout",
            "2s",
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            "How long another process may take to answer the console; a page then says that it does not know");

    public static final Setting<Boolean> SOURCES_PLAIN = Setting.flag(
            "console.sources.plain",
            false,
            "Whether the console sends its tokens to other machines without TLS, so that anyone on the network between"
                    + " them can read the tokens");

    public static final Setting<Optional<String>> SOURCES_CA = Setting.optional(
            "console.sources.ca",
            "PEM file with certificates of authorities that the console trusts in addition to those of Java, for ports"
                    + " of Lull whose certificates come from your own authority");

    public static final Setting<Optional<URI>> AGGREGATOR_URL = Setting.optionalUri(
            "console.aggregator.url",
            "URL of the operators' API of any aggregator, such as http://10.0.0.7:8082: open turns, gaps and routes."
                    + " Empty means that the console does not show them");

    public static final Setting<List<String>> AGGREGATOR_TOKEN = token(
            "console.aggregator.token",
            "One of aggregator.tokens, with which the console calls the aggregator. Of several, separated by commas, it"
                    + " is the first, so that both can have the same file");

    public static final Setting<Optional<URI>> ARCHIVE_URL = Setting.optionalUri(
            "console.archive.url",
            "URL of the archive's API, such as http://10.0.0.7:8084: conversations, messages and journeys. Empty means"
                    + " that the console does not show them");

    public static final Setting<List<String>> ARCHIVE_TOKEN = token(
            "console.archive.token",
            "One of archive.tokens, with which the console calls the archive. Of several, separated by commas, it is"
                    + " the first, so that both can have the same file");

    public static final Setting<Optional<URI>> INGRESS_URL = Setting.optionalUri(
            "console.ingress.url",
            "URL of any ingress, such as http://10.0.0.7:8080, by which operators begin conversations. Empty means"
                    + " that they cannot");

    public static final Setting<List<String>> INGRESS_TOKEN = token(
            "console.ingress.token",
            "One of replies.tokens, with which the console calls the ingress. Of several, separated by commas, it is"
                    + " the first, so that both can have the same file");

    public static final Setting<Optional<URI>> CONNECT_URL = Setting.optionalUri(
            "console.connect.url",
            "URL of the Amazon Connect instance, such as https://example.my.connect.aws, to which journeys link their"
                    + " contacts. Empty means no links");

    public static final Setting<Optional<URI>> RUNBOOK_URL = Setting.optionalUri(
            "console.runbook.url",
            "URL at which operators read docs/runbook.md, to whose headings the pages link. Empty means that the pages"
                    + " only name the headings");

    public static final Setting<Operators> OPERATORS = Setting.of(
                    "console.operators",
                    "",
                    "Operators who may sign in to the console, as `name:token` pairs separated by commas. A token has at"
                            + " least 16 visible characters; the name is recorded with each change. Without any the"
                            + " console only shows figures",
                    Operators::parse)
            .secret();

    public static final Setting<Duration> IDLE = Setting.duration(
            "console.signin.idle",
            "30m",
            Duration.ofMinutes(1),
            Duration.ofHours(12),
            "Time without a request after which an operator is signed out. An open page that updates itself does not"
                    + " count as a request");

    public static final Setting<Duration> LONGEST = Setting.duration(
            "console.signin.longest",
            "12h",
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "Time after which an operator is signed out in any case");

    public static final Setting<Boolean> HTTPS = Setting.flag(
            "console.https",
            false,
            "Whether browsers reach the console by https, so that they send its cookie by https only. It is always so"
                    + " if console.tls.keystore is set; set it to true behind a load balancer with TLS");

    /// All settings.
    public static final List<Setting<?>> ALL = Stream.of(
                    List.of(PORT, HOST),
                    TLS.all(),
                    List.of(
                            HTTPS,
                            OPERATORS,
                            IDLE,
                            LONGEST,
                            WATCH,
                            WATCH_EVERY,
                            AGGREGATOR_URL,
                            AGGREGATOR_TOKEN,
                            ARCHIVE_URL,
                            ARCHIVE_TOKEN,
                            INGRESS_URL,
                            INGRESS_TOKEN,
                            SOURCE_TIMEOUT,
                            SOURCES_PLAIN,
                            SOURCES_CA,
                            CONNECT_URL,
                            RUNBOOK_URL))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private ConsoleSettings() {}

    private static Setting<List<String>> token(String name, String description) {
        return Formats.TOKEN.ofEach(Setting.list(name, "", description)).secret();
    }

    private static List<URI> addresses(String text) {
        Setting<URI> one = Setting.uri("console.watch", "http://localhost", "");
        return Setting.words(text).stream().map(one::read).toList();
    }

    static SignIns.Limits signIns(Settings settings) {
        return new SignIns.Limits(settings.get(IDLE), settings.get(LONGEST));
    }

    static SourceClient.Target aggregator(Settings settings) {
        return new SourceClient.Target(
                "aggregator",
                "console.aggregator",
                settings.get(AGGREGATOR_URL),
                settings.get(AGGREGATOR_TOKEN).stream().findFirst(),
                settings.get(SOURCES_PLAIN));
    }

    static SourceClient.Target archive(Settings settings) {
        return new SourceClient.Target(
                "archive",
                "console.archive",
                settings.get(ARCHIVE_URL),
                settings.get(ARCHIVE_TOKEN).stream().findFirst(),
                settings.get(SOURCES_PLAIN));
    }

    static SourceClient.Target ingress(Settings settings) {
        return new SourceClient.Target(
                "ingress",
                "console.ingress",
                settings.get(INGRESS_URL),
                settings.get(INGRESS_TOKEN).stream().findFirst(),
                settings.get(SOURCES_PLAIN));
    }
}
