package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that are wrong in every way, posted by many senders at once: each is answered soon and never with a 5xx,
/// and of what is answered 200 nothing is lost. The seed is the same each time, so that a build does not depend on
/// luck; `-Dlull.seed=` takes another one.
@Tag("proof")
final class IngressFuzzIT {

    private static final Path OWN = Path.of("src", "test", "resources", "webhooks");
    private static final int BODIES = 20_000;
    private static final int LARGE_BODIES = 30;
    private static final int SENDERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    private static Path directory;

    /// A body as one of the senders posts it.
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Posted(String app, byte[] body, boolean signed) {}

    private record Answer(int status, Duration after) {}

    @Test
    void losesNothingOfWhatItAcceptsAndAnswersEverythingSoon() throws Exception {
        long seed = Long.getLong("lull.seed", 1);
        Mutations mutations = new Mutations(origins(), seed);
        Random random = new Random(seed);
        List<String> apps =
                IntStream.range(0, SENDERS).mapToObj(i -> "app-" + i).toList();
        Map<String, String> settings =
                new HashMap<>(Map.of("whatsapp.apps", String.join(",", apps), "ingress.ack.timeout", "60s"));
        apps.forEach(app -> {
            settings.put("whatsapp.app.secrets." + app, secret(app));
            settings.put("whatsapp.verify.token." + app, "token");
        });
        try (IngressUnderTest ingress = IngressUnderTest.start(directory, settings);
                TopicReader topics = ingress.reader(List.of(
                        Topics.MESSAGE_RECEIVED.name(),
                        Topics.MESSAGE_STATUS.name(),
                        Topics.ACCOUNT_EVENT.name(),
                        Topics.WEBHOOK_UNPARSED.name()));
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            int rounds = BODIES / SENDERS;
            for (int round = 0; round < rounds; round++) {
                // Each app posts one body a round, so that records are known to be of a body by their app.
                List<Posted> posted = new ArrayList<>();
                for (String app : apps) {
                    boolean large = posted.isEmpty() && round % (rounds / LARGE_BODIES) == 0;
                    byte[] body = large ? mutations.large() : mutations.next();
                    posted.add(new Posted(app, body, random.nextInt(100) > 0));
                }
                check(posted, post(ingress, senders, posted), topics.next(), "seed " + seed + ", round " + round);
            }
            assertThat(ingress.scrape()).contains("lull_webhooks_inflight_bytes 0.0");
        }
    }

    private static void check(
            List<Posted> posted, List<Answer> answers, List<ConsumerRecord<String, byte[]>> records, String round) {
        Map<String, List<ConsumerRecord<String, byte[]>>> byApp =
                records.stream().collect(Collectors.groupingBy(IngressFuzzIT::app));
        for (int i = 0; i < posted.size(); i++) {
            Posted one = posted.get(i);
            String which = round + ", " + one.app() + ": " + beginning(one.body());
            List<ConsumerRecord<String, byte[]>> own = byApp.getOrDefault(one.app(), List.of());
            assertThat(answers.get(i).status()).as(which).isEqualTo(one.signed() ? 200 : 401);
            assertThat(answers.get(i).after()).as(which).isLessThan(PATIENCE);
            if (one.signed()) {
                assertThat(Loss.of(one.body(), own)).as(which).isEmpty();
            } else {
                assertThat(own).as(which).isEmpty();
            }
        }
    }

    private static List<Answer> post(IngressUnderTest ingress, ExecutorService senders, List<Posted> posted)
            throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        for (Posted one : posted) {
            answers.add(senders.submit(() -> {
                long start = System.nanoTime();
                int status = ingress.post(
                                "/webhooks/whatsapp/" + one.app(),
                                one.body(),
                                one.signed() ? secret(one.app()) : "another secret")
                        .statusCode();
                return new Answer(status, Duration.ofNanos(System.nanoTime() - start));
            }));
        }
        List<Answer> all = new ArrayList<>();
        for (Future<Answer> answer : answers) {
            all.add(answer.get());
        }
        return all;
    }

    private static String app(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("lull-app");
        if (header != null) {
            return new String(header.value(), StandardCharsets.UTF_8);
        }
        try {
            return Json.tree(record.value()).path("source").path("app").asText();
        } catch (UnreadableJson e) {
            throw new AssertionError("A record that cannot be read: " + beginning(record.value()), e);
        }
    }

    private static String secret(String app) {
        return "secret of " + app;
    }

    private static String beginning(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.length() + " bytes " + text.substring(0, Math.min(1_200, text.length()));
    }

    private static List<byte[]> origins() throws IOException {
        String[] beginnings = {"meta-", "eum-", "sns-", "composed-"};
        Stream<Path> corpus = Corpus.isThere() ? Corpus.files(beginnings).stream() : Stream.of();
        List<byte[]> origins = new ArrayList<>();
        for (Path file :
                Stream.concat(Corpus.files(OWN, beginnings).stream(), corpus).toList()) {
            origins.add(Files.readAllBytes(file));
        }
        return origins;
    }
}
