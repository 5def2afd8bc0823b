package lull.archive;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.archive.retention.Retention;
import lull.archive.schema.ArchiveDatabase;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.TlsSettings;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the archive.
public final class ArchiveSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    public static final Setting<String> URL = Setting.text(
                    "archive.jdbc.url",
                    "jdbc:h2:file:./lull-archive/archive",
                    "JDBC address of the archive's database: PostgreSQL (`jdbc:postgresql://HOST/DATABASE`), or an embedded"
                            + " H2 in a file, which one process at a time can use. User and password have settings of"
                            + " their own")
            .checked(
                    ArchiveDatabase::isSupported,
                    "must begin with jdbc:postgresql: or jdbc:h2:, the databases that the archive can use")
            .checked(
                    url -> !url.toLowerCase(Locale.ROOT).contains("password"),
                    "is in the log, so it must not have a password: set archive.jdbc.password");

    public static final Setting<Optional<String>> USER =
            Setting.optional("archive.jdbc.user", "User of the archive's database");

    public static final Setting<Optional<String>> PASSWORD =
            Setting.optional("archive.jdbc.password", "Password of that user").secret();

    public static final Setting<Integer> CONNECTIONS = Setting.number(
            "archive.jdbc.connections", 8, 2, 100, "Maximum number of connections to the archive's database");

    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "archive.jdbc.timeout",
            "5s",
            SECOND,
            Duration.ofMinutes(1),
            "How long a connection to the archive's database may take");

    public static final Setting<Integer> BATCH = Setting.number(
            "archive.batch.records", 2000, 1, 20_000, "Maximum number of records that are written in one transaction");

    public static final Setting<Integer> MAX_LAG = Setting.number(
            "archive.lag.max",
            100_000,
            1,
            Integer.MAX_VALUE,
            "Number of records that the archive may be behind the topics until it is degraded in /readyz");

    public static final Setting<Duration> RETENTION = Setting.duration(
            "archive.retention",
            "365d",
            Duration.ofDays(1),
            FOREVER,
            "How long the archive keeps rows, by the time of what they are about");

    public static final Setting<Map<String, Duration>> RETENTION_OF_TABLES = spans(
                    "archive.retention.tables",
                    "Tables whose rows are kept for another time, as `table=time` separated by commas, such as"
                            + " `hop=30d, dead_letter=90d`. The tables are "
                            + String.join(", ", Retention.times().keySet()))
            .checked(
                    tables -> Retention.times().keySet().containsAll(tables.keySet()),
                    "must name tables that have a retention");

    public static final Setting<Map<String, Duration>> RETENTION_OF_KINDS = spans(
            "archive.retention.kinds",
            "Kinds of messages that are kept for another time, as `kind=time` separated by commas, such as"
                    + " `image=30d, location=7d`");

    public static final Setting<Duration> RETENTION_EVERY = Setting.duration(
            "archive.retention.every",
            "10m",
            SECOND,
            Duration.ofDays(1),
            "How often the archive deletes what is too old");

    public static final Setting<Integer> RETENTION_SLICE = Setting.number(
            "archive.retention.slice",
            5000,
            1,
            100_000,
            "Maximum number of rows that the archive deletes with one statement");

    public static final Setting<Duration> ERASED_REMEMBERED = Setting.duration(
            "archive.erased.remembered",
            "45d",
            Duration.ofDays(1),
            FOREVER,
            "How long the archive remembers digests of the ids of erased customers, so that records which Kafka still has"
                    + " of them are not archived again. It must be longer than any topic keeps records");

    public static final Setting<List<String>> TURN_TOPICS = Formats.KAFKA_TOPIC.ofEach(Setting.list(
            "archive.turn.topics",
            "",
            "Topics of turns that are archived besides those of every installation, separated by commas: what"
                    + " `destination.NAME.topic` and `turn.output` name"));

    public static final Setting<Integer> PORT =
            Setting.number("archive.port", 8084, 0, 65535, "Port of the archive's API; 0 picks a free port");

    public static final Setting<Optional<String>> HOST = Formats.HOST.ofOptional(
            Setting.optional("archive.host", "Address on which archive.port listens; overrides listen.host"));

    public static final Setting<List<String>> TOKENS = Formats.TOKEN.ofEach(Setting.list(
                    "archive.tokens",
                    "",
                    "Tokens of the clients of the archive's API, who can read every message, separated by commas. Any of"
                            + " them is accepted, so that they can be rotated. Without tokens the API is closed")
            .secret());

    /// TLS at that port.
    public static final TlsSettings TLS = TlsSettings.of("archive", "the archive's API is served over TLS");

    /// All settings of its own.
    public static final List<Setting<?>> ALL = Stream.of(
                    List.of(
                            URL,
                            USER,
                            PASSWORD,
                            CONNECTIONS,
                            TIMEOUT,
                            BATCH,
                            MAX_LAG,
                            RETENTION,
                            RETENTION_OF_TABLES,
                            RETENTION_OF_KINDS,
                            RETENTION_EVERY,
                            RETENTION_SLICE,
                            ERASED_REMEMBERED,
                            TURN_TOPICS,
                            PORT,
                            HOST,
                            TOKENS),
                    TLS.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private ArchiveSettings() {}

    /// Returns all settings, with those that it shares with ingress and bridge: of the media store, and
    /// how its bucket is reached.
    public static List<Setting<?>> all() {
        return Stream.of(ALL, MediaStoreSettings.ALL, AwsSettings.ALL)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    private static Setting<Map<String, Duration>> spans(String name, String description) {
        return Setting.of(name, "", description, ArchiveSettings::spans);
    }

    private static Map<String, Duration> spans(String text) {
        Map<String, Duration> spans = new LinkedHashMap<>();
        for (String pair : Setting.words(text)) {
            String[] both = pair.split("=", -1);
            if (both.length != 2 || spans.put(both[0].strip(), span(both[1])) != null) {
                throw new IllegalArgumentException("must be pairs name=time, each name once");
            }
        }
        return spans;
    }

    private static Duration span(String text) {
        Duration span = Durations.parse(text);
        if (span.isNegative() || span.compareTo(FOREVER) > 0) {
            throw new IllegalArgumentException("must have times of up to " + Durations.text(FOREVER));
        }
        return span;
    }

    static Retention.Options retention(Settings settings) {
        return new Retention.Options(
                settings.get(RETENTION),
                settings.get(RETENTION_OF_TABLES),
                settings.get(RETENTION_OF_KINDS),
                settings.get(MediaStoreSettings.KEPT_FOR),
                settings.get(RETENTION_SLICE));
    }

    static ArchiveDatabase.Options database(Settings settings) {
        return new ArchiveDatabase.Options(
                settings.get(URL),
                settings.get(USER),
                settings.get(PASSWORD),
                settings.get(CONNECTIONS),
                settings.get(TIMEOUT));
    }
}
