package lull.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import lull.archive.ArchiveCheck;
import lull.archive.ArchiveSettings;
import lull.archive.schema.DatabaseCheck;
import lull.runtime.BearerTokens;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import lull.runtime.kafka.KafkaRights;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/// Check of the archive: whether its database can be used, how far it is behind the topics, and whether its API
/// answers. An installation without an archive has no results.
final class ArchiveDoctor {

    static final String ABOUT = "archive";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    /// Ages of records, the least first.
    private static final List<Duration> AGES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7));

    private final Settings settings;
    private final InstantSource clock;

    ArchiveDoctor(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Checks the database, and how far the archive is behind.
    ///
    /// @param kafka empty if it cannot be used
    List<CheckResult> database(Optional<KafkaSetup> kafka) throws InterruptedException {
        Optional<DatabaseCheck.Found> database = ArchiveCheck.database(settings);
        if (database.isEmpty()) {
            return List.of();
        }
        DatabaseCheck.Found found = database.get();
        if (found.problem().isPresent()) {
            return List.of(CheckResult.wrong(ABOUT, found.problem().get()));
        }
        List<CheckResult> results = new ArrayList<>();
        results.add(CheckResult.well(ABOUT, "The database answers, and has the tables of this version"));
        if (kafka.isPresent()) {
            results.add(lag(kafka.get(), found.positions()));
        }
        return results;
    }

    private CheckResult lag(KafkaSetup kafka, Map<TopicPartition, Long> positions) throws InterruptedException {
        List<String> topics = ArchiveCheck.topics(settings);
        try (Admin admin = kafka.connectAdmin("lull-doctor", Map.of())) {
            List<TopicPartition> partitions =
                    admin
                            .describeTopics(topics)
                            .allTopicNames()
                            .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .values()
                            .stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .toList();
            Map<TopicPartition, Long> begin = offsets(admin, partitions, OffsetSpec.earliest());
            Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> behind = new HashMap<>();
            partitions.forEach(partition -> {
                long next = Math.max(positions.getOrDefault(partition, 0L), begin.getOrDefault(partition, 0L));
                if (end.getOrDefault(partition, 0L) > next) {
                    behind.put(partition, next);
                }
            });
            long records = behind.entrySet().stream()
                    .mapToLong(partition -> end.getOrDefault(partition.getKey(), 0L) - partition.getValue())
                    .sum();
            return result(records, age(admin, behind));
        } catch (ExecutionException e) {
            return CheckResult.unknown(
                    ABOUT,
                    "How far it is behind cannot be determined: "
                            + (e.getCause() instanceof TopicAuthorizationException
                                    ? KafkaRights.reason(e, AclOperation.DESCRIBE, String.join(", ", topics))
                                    : String.valueOf(e.getMessage())));
        } catch (TimeoutException e) {
            return CheckResult.unknown(
                    ABOUT, "How far it is behind cannot be determined: Kafka has not answered in time");
        }
    }

    private CheckResult result(long records, Optional<Duration> age) {
        if (records == 0) {
            return CheckResult.well(ABOUT, "Every record of the topics is in the database");
        }
        String words = "It is " + records + (records == 1 ? " record" : " records") + " behind the topics; "
                + age.map(most -> "everything that was written before the last " + Durations.text(most) + " is in the"
                                + " database")
                        .orElse("some of it was written more than " + Durations.text(AGES.getLast()) + " ago");
        int most = settings.get(ArchiveSettings.MAX_LAG);
        return records > most
                ? CheckResult.wrong(
                        ABOUT,
                        words + ". That is more than archive.lag.max (" + most
                                + "): check that `bin/lull archive` runs, and the load of the database")
                : CheckResult.well(ABOUT, words);
    }

    /// Returns the least age of which every older record is archived; empty if it is more than all
    /// ages that are asked.
    ///
    /// @param behind the partitions with records that are not archived, and the first of these
    private Optional<Duration> age(Admin admin, Map<TopicPartition, Long> behind)
            throws ExecutionException, InterruptedException, TimeoutException {
        Instant now = clock.instant();
        for (Duration age : AGES) {
            // The first record that is not older.
            Map<TopicPartition, Long> first = offsets(
                    admin,
                    behind.keySet(),
                    OffsetSpec.forTimestamp(now.minus(age).toEpochMilli()));
            if (behind.entrySet().stream().allMatch(partition -> {
                long young = first.getOrDefault(partition.getKey(), -1L);
                return young >= 0 && young <= partition.getValue();
            })) {
                return Optional.of(age);
            }
        }
        return Optional.empty();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Iterable<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        return admin.listOffsets(asked).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry<TopicPartition, ListOffsetsResultInfo>::getKey,
                        found -> found.getValue().offset()));
    }

    /// Checks the API.
    List<CheckResult> api(BoundedHttpClient client) throws InterruptedException {
        Optional<URI> address = settings.get(DoctorSettings.ARCHIVE);
        return address.isPresent() ? List.of(api(client, address.get())) : List.of();
    }

    private CheckResult api(BoundedHttpClient client, URI address) throws InterruptedException {
        List<String> tokens = settings.get(ArchiveSettings.TOKENS);
        if (tokens.isEmpty()) {
            return CheckResult.unknown(
                    ABOUT, "The API at " + address + " is not asked, because archive.tokens is not set here");
        }
        if (!LocalHost.isSecure(address) && !settings.get(DoctorSettings.ARCHIVE_PLAIN)) {
            return CheckResult.unknown(
                    ABOUT,
                    "The API at " + address
                            + " is not asked, because its token would be sent without TLS: use https, or"
                            + " set doctor.archive.plain in a network that nobody else can read");
        }
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/conversations?limit=1"))
                .header("Authorization", BearerTokens.header(tokens.getFirst()))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, LIMIT, MAX_ANSWER_BYTES);
            return answered(address, response.statusCode());
        } catch (ConnectException | HttpTimeoutException e) {
            return CheckResult.wrong(
                    ABOUT,
                    "No archive answers at " + address + ": start `bin/lull archive`, or correct doctor.archive");
        } catch (SSLException e) {
            return CheckResult.wrong(ABOUT, TlsClient.problem(address, e));
        } catch (IOException e) {
            return CheckResult.wrong(
                    ABOUT,
                    "The answer of " + address + " did not arrive, or is none of an archive ("
                            + e.getClass().getSimpleName() + "): correct doctor.archive, with https if"
                            + " archive.tls.keystore is set");
        }
    }

    private static CheckResult answered(URI address, int status) {
        return switch (status) {
            case 200 -> CheckResult.well(ABOUT, "The API at " + address + " answers");
            case 401 ->
                CheckResult.wrong(
                        ABOUT,
                        "The API at " + address + " does not accept the first token of archive.tokens: give the doctor"
                                + " the token of the archive");
            case 404 ->
                CheckResult.wrong(
                        ABOUT,
                        "The API at " + address + " is closed, or is none of an archive: set archive.tokens of the"
                                + " archive, or correct doctor.archive");
            case 503 ->
                CheckResult.wrong(
                        ABOUT,
                        "The API at " + address + " has no database: see /readyz and the log of the archive, and the"
                                + " runbook");
            default ->
                CheckResult.wrong(ABOUT, "The API at " + address + " answers " + status + ": correct doctor.archive");
        };
    }
}
