package lull.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.archive.erasure.ErasedFiles;
import lull.archive.erasure.Eraser;
import lull.archive.http.ArchiveServer;
import lull.archive.journey.JourneyReader;
import lull.archive.query.AccountFactReader;
import lull.archive.query.ArchiveQueries;
import lull.archive.query.ChargesReader;
import lull.archive.query.TimelineReader;
import lull.archive.query.TotalsReader;
import lull.archive.retention.Retention;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.write.Follower;
import lull.archive.write.FollowerMetrics;
import lull.archive.write.RowWriter;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topic;
import lull.media.MediaStore;
import lull.media.MediaStoreSettings;
import lull.runtime.BearerTokens;
import lull.runtime.Periodic;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Dependency;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process that archives the topics of an installation, and serves what it has.
public final class ArchiveService {

    private static final Logger log = LoggerFactory.getLogger(ArchiveService.class);

    private static final int SESSION_MILLIS = 10_000;

    private final ServiceContext context;
    private final Settings settings;

    private ArchiveService(ServiceContext context) {
        this.context = context;
        this.settings = context.settings();
    }

    /// Starts it in a process. Throws `CannotStart` if Kafka is not set up for it. It does not wait for the database.
    public static void start(ServiceContext context) throws InterruptedException {
        new ArchiveService(context).run();
    }

    private void run() throws InterruptedException {
        List<String> outputs = settings.get(ArchiveSettings.TURN_TOPICS);
        List<Topic> topics = RecordToRows.followed(settings.get(TopicSettings.INPUTS), outputs);
        require(topics, outputs);
        ArchiveDatabase database =
                context.components().add("archive database", ArchiveDatabase.open(ArchiveSettings.database(settings)));
        Dependency dependency = context.dependencies()
                .required(
                        "archive-database",
                        "Nothing is archived and nothing can be shown until it answers, and nothing is lost. Check the"
                                + " database and archive.jdbc.url; the process recovers by itself.");
        context.dependencies().check(dependency, () -> database.problem(Dependencies.CHECK_LIMIT));
        FollowerMetrics metrics = new FollowerMetrics(context.metrics().registry());
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        Follower follower = context.components()
                .add(
                        "archive follower",
                        new Follower(
                                consumer,
                                topics.stream().map(Topic::name).toList(),
                                new RowWriter(database, new RecordToRows(topics)),
                                database::migrate,
                                dependency,
                                metrics));
        int maxLag = settings.get(ArchiveSettings.MAX_LAG);
        context.health()
                .degradedWhile(
                        "archive",
                        () -> metrics.lag() <= maxLag
                                ? Optional.empty()
                                : Optional.of(
                                        metrics.lag() + " records behind the topics: what is newer is not shown yet."
                                                + " Check the load of the database"));
        follower.start();
        Retention retention = new Retention(
                database,
                ArchiveSettings.retention(settings),
                context.clock(),
                context.metrics().registry());
        Eraser eraser = new Eraser(database, context.clock());
        Optional<MediaStore> media = MediaStoreSettings.reader(context);
        int batch = settings.get(ArchiveSettings.BATCH);
        ErasedFiles erasedFiles = new ErasedFiles(database, media, () -> metrics.lag() <= batch);
        context.components()
                .add(
                        "archive retention",
                        Periodic.start(
                                "archive-retention",
                                settings.get(ArchiveSettings.RETENTION_EVERY),
                                () -> deleteOld(retention, eraser, erasedFiles)));
        serve(database, eraser, erasedFiles, media);
    }

    private void deleteOld(Retention retention, Eraser eraser, ErasedFiles erasedFiles) throws InterruptedException {
        try {
            retention.run();
            erasedFiles.delete();
            eraser.forget(settings.get(ArchiveSettings.ERASED_REMEMBERED));
        } catch (DataAccessException e) {
            log.atWarn()
                    .addKeyValue("error", ArchiveDatabase.reason(e))
                    .log("Old rows could not be deleted; the archive tries again");
        }
    }

    private void require(List<Topic> topics, List<String> outputs) throws InterruptedException {
        List<KafkaAccess.Right> rights = TopicSettings.checked(
                settings, KafkaAccess.ARCHIVE.of(new KafkaAccess.Scope(settings.get(TopicSettings.INPUTS), outputs)));
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.of(settings))) {
            keeper.require(topics, rights);
        }
        context.kafka().watch(topics, rights);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(KafkaSetup.of(settings).consumer("lull-archive"));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, KafkaAccess.ARCHIVE_GROUP);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.get(ArchiveSettings.BATCH));
        // After a crash the partitions wait for this long. Two that have the same one for a moment do no harm.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 5);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void serve(ArchiveDatabase database, Eraser eraser, ErasedFiles erasedFiles, Optional<MediaStore> media) {
        ArchiveServer.Guards guards = new ArchiveServer.Guards(
                HttpSettings.options(
                        settings, "archive", ListenAddress.of(settings, ArchiveSettings.HOST, ArchiveSettings.PORT)),
                ArchiveSettings.TLS.keyStore(settings),
                HttpSettings.inFlight(settings),
                database::isMigrated,
                context.metrics().registry());
        ArchiveServer server = context.components()
                .addEarly(
                        "archive API",
                        new ArchiveServer(
                                guards,
                                new ArchiveQueries(database, context.clock()),
                                new TimelineReader(database),
                                new TotalsReader(database),
                                new ChargesReader(database),
                                new AccountFactReader(database, context.clock()),
                                new JourneyReader(database),
                                eraser,
                                erasedFiles,
                                media,
                                new BearerTokens(settings.get(ArchiveSettings.TOKENS))));
        log.atInfo().addKeyValue("port", server.port()).log("The archive's API is open");
    }
}
