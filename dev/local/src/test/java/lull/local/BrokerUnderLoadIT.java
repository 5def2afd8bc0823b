package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes away and comes back while webhooks come: what is answered 200 is on the topic, everything else
/// is answered 503, and nobody waits in vain.
@Tag("alone")
@Tag("proof")
final class BrokerUnderLoadIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration MORE = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    /// What became of a webhook that was sent once.
    private record Sent(String id, int status, boolean retryAfter, long startedAt, Duration taken) {
        boolean accepted() {
            return status == 200;
        }
    }

    @Test
    void hasAllThatItAcceptedAndRefusesTheRestAtOnceWhileTheBrokerIsAway() throws Exception {
        Duration timeout = Duration.ofSeconds(4);
        try (IngressUnderTest ingress = start(Map.of("ingress.ack.timeout", "4s"));
                Load load = new Load(ingress)) {
            load.awaitAccepted(200);
            for (int outage = 0; outage < 2; outage++) {
                ingress.stopBroker();
                await().atMost(PATIENCE).until(() -> ingress.scrape().contains("lull_broker_away 1.0"));
                long knownAt = System.nanoTime();
                load.awaitRefused(100);
                long until = System.nanoTime();

                assertThat(load.sent)
                        .filteredOn(sent -> sent.startedAt() > knownAt && sent.startedAt() < until)
                        .hasSizeGreaterThan(50)
                        .allSatisfy(sent -> {
                            assertThat(sent.status()).isEqualTo(503);
                            assertThat(sent.taken()).isLessThan(timeout.dividedBy(4));
                        });
                assertThat(ingress.isReady()).isFalse();
                ingress.startBroker();
                load.awaitAccepted(200);
            }
            load.stop();

            assertThat(load.sent).allSatisfy(sent -> {
                assertThat(sent.status()).isIn(200, 503);
                assertThat(sent.retryAfter()).isEqualTo(!sent.accepted());
                assertThat(sent.taken()).isLessThan(timeout.plus(MORE));
            });
            assertThat(ids(ingress)).containsAll(load.accepted());
            assertThat(load.all()).containsAll(ids(ingress));
        }
    }

    @Test
    void isReadyAgainWithoutAnyWebhook() throws Exception {
        try (IngressUnderTest ingress = start(Map.of("ingress.ack.timeout", "1s"))) {
            ingress.stopBroker();
            assertThat(ingress.post(webhook("wamid.away")).statusCode()).isEqualTo(503);
            assertThat(ingress.isReady()).isFalse();

            ingress.startBroker();

            await().atMost(PATIENCE).until(ingress::isReady);
            assertThat(ingress.post(webhook("wamid.back")).statusCode()).isEqualTo(200);
            assertThat(ids(ingress)).contains("wamid.back");
        }
    }

    @Test
    void refusesNothingWhereTheBrokerIsBackBeforeTheTimeout() throws Exception {
        try (IngressUnderTest ingress = start(Map.of("ingress.ack.timeout", "60s"));
                Load load = new Load(ingress)) {
            load.awaitAccepted(200);
            ingress.stopBroker();
            ingress.startBroker();
            load.awaitAccepted(200);
            load.stop();

            assertThat(load.sent).allMatch(Sent::accepted);
            assertThat(ids(ingress)).containsAll(load.accepted());
        }
    }

    @Test
    void takesInNoMoreThanItMayHoldWhileTheBrokerDoesNotAnswer() throws Exception {
        int size = 4 * 1024 * 1024;
        try (IngressUnderTest ingress =
                        start(Map.of("ingress.ack.timeout", "30s", "ingress.max.inflight.bytes", "16777216"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ingress.stopBroker();
            List<Future<Integer>> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] body = webhook("wamid.held" + i, size);
                held.add(threads.submit(() -> ingress.post(body).statusCode()));
            }
            await().atMost(PATIENCE)
                    .until(() -> ingress.scrape()
                            .contains("lull_webhooks_inflight_bytes %s".formatted(Double.toString(3.0 * size))));

            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                HttpResponse<String> surplus = ingress.post(webhook("wamid.surplus" + i, size));
                assertThat(surplus.statusCode()).isEqualTo(503);
                assertThat(surplus.headers().firstValue("Retry-After")).isPresent();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }

            assertThat(held).noneMatch(Future::isDone);
            assertThat(ingress.scrape()).contains("lull_webhooks_total{outcome=\"overloaded\"} 3.0");
            ingress.startBroker();
            for (Future<Integer> answer : held) {
                // In time or not: the broker took its time to come back.
                assertThat(answer.get(180, TimeUnit.SECONDS)).isIn(200, 503);
            }
            await().atMost(PATIENCE)
                    .until(() -> ingress.post(webhook("wamid.after", size)).statusCode() == 200);
            assertThat(ingress.scrape()).contains("lull_webhooks_inflight_bytes 0.0");
        }
    }

    @Test
    void answersWhoWaitsForTheBrokerWhileItIsToldToStop() throws Exception {
        try (IngressUnderTest ingress = start(Map.of("ingress.ack.timeout", "40s"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ingress.pauseBroker();
            Future<Integer> waiting =
                    threads.submit(() -> ingress.post(webhook("wamid.last")).statusCode());
            await().atMost(PATIENCE).until(() -> ingress.scrape().contains("lull_webhooks_inflight 1.0"));

            Future<?> stopping = threads.submit(ingress::stopIngress);
            // As it was at its start, so it is at its stop: the broker's silence alone makes it not ready too.
            await().atMost(PATIENCE).until(() -> ingress.readyz().contains("ingress: starting"));
            assertThat(waiting.isDone()).isFalse();
            ingress.resumeBroker();

            assertThat(waiting.get(180, TimeUnit.SECONDS)).isEqualTo(200);
            stopping.get(180, TimeUnit.SECONDS);
            assertThat(ids(ingress)).contains("wamid.last");
        }
    }

    /// Sixteen senders of webhooks, each sent once.
    private static final class Load implements AutoCloseable {
        private static final int SENDERS = 16;
        private static final Duration BREATH = Duration.ofMillis(10);

        private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> senders = new ArrayList<>();
        private volatile boolean stopped;

        Load(IngressUnderTest ingress) {
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                senders.add(threads.submit(() -> {
                    for (int i = 0; !stopped; i++) {
                        send(ingress, "wamid.load" + number + "." + i);
                        Thread.sleep(BREATH);
                    }
                    return null;
                }));
            }
        }

        private void send(IngressUnderTest ingress, String id) {
            byte[] body = webhook(id);
            long start = System.nanoTime();
            HttpResponse<String> answer = ingress.post(body);
            sent.add(new Sent(
                    id,
                    answer.statusCode(),
                    answer.headers().firstValue("Retry-After").isPresent(),
                    start,
                    Duration.ofNanos(System.nanoTime() - start)));
        }

        /// Waits for so many more that are accepted.
        void awaitAccepted(int more) {
            long before = count(true);
            await().atMost(PATIENCE).until(() -> count(true) >= before + more);
        }

        void awaitRefused(int more) {
            long before = count(false);
            await().atMost(PATIENCE).until(() -> count(false) >= before + more);
        }

        private long count(boolean accepted) {
            return sent.stream().filter(one -> one.accepted() == accepted).count();
        }

        Set<String> accepted() {
            return sent.stream().filter(Sent::accepted).map(Sent::id).collect(Collectors.toSet());
        }

        Set<String> all() {
            return sent.stream().map(Sent::id).collect(Collectors.toSet());
        }

        /// Stops; fails where a sender got no answer.
        void stop() throws Exception {
            stopped = true;
            for (Future<?> sender : senders) {
                sender.get(180, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() {
            stopped = true;
            threads.close();
        }
    }

    private IngressUnderTest start(Map<String, String> settings) throws Exception {
        return IngressUnderTest.startWithOwnBroker(directory, settings);
    }

    private static byte[] webhook(String id) {
        return new TestWebhook("100000000000001", "15550001001", "Ann").text(id, "Hello", Instant.now());
    }

    /// One of exactly so many bytes.
    private static byte[] webhook(String id, int size) {
        int rest = size - webhook(id).length + "Hello".length();
        return new TestWebhook("100000000000001", "15550001001", "Ann").text(id, "x".repeat(rest), Instant.now());
    }

    /// The ids of the messages on the topic; ticks, which a probe may have left, are passed over.
    private static Set<String> ids(IngressUnderTest ingress) {
        return ingress.records(Topics.MESSAGE_RECEIVED.name()).stream()
                .map(BrokerUnderLoadIT::id)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        try {
            return Json.tree(record.value()).path("id").asText();
        } catch (UnreadableJson e) {
            throw new AssertionError(new String(record.value(), StandardCharsets.UTF_8), e);
        }
    }
}
