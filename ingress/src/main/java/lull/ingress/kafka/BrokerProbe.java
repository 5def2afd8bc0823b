package lull.ingress.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lull.contract.json.Json;
import lull.contract.message.InputRecord;
import lull.contract.message.Tick;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Thread that detects when the broker is available again. While the broker is unavailable it writes
/// probes, which an input topic accepts at any time, to one partition after the other until one is
/// acknowledged. So it needs no traffic; a load balancer sends none because of [BrokerHealth#away()].
/// It also replaces a producer that has failed permanently.
final class BrokerProbe implements AutoCloseable {

    private static final long EVERY_MILLIS = 500;
    private static final int MAX_PROBES = 4;
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    private final ProducerSupply supply;
    private final BrokerHealth health;
    private final String inputTopic;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().name("broker-probe").daemon().unstarted(this::run);

    private volatile boolean closed;

    /// @param inputTopic the topic to write probes to
    BrokerProbe(ProducerSupply supply, BrokerHealth health, String inputTopic) {
        this.supply = supply;
        this.health = health;
        this.inputTopic = inputTopic;
    }

    BrokerProbe start() {
        thread.start();
        return this;
    }

    /// How many probes were acknowledged.
    long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        int turn = 0;
        long renewedAt = System.nanoTime() - RENEW_EVERY.toNanos();
        while (!closed) {
            try {
                Thread.sleep(EVERY_MILLIS);
                if (!health.away()) {
                    continue;
                }
                if (supply.isSpent() && System.nanoTime() - renewedAt >= RENEW_EVERY.toNanos()) {
                    renewedAt = System.nanoTime();
                    supply.renew();
                }
                health.report();
                if (inFlight.get() < MAX_PROBES) {
                    inFlight.incrementAndGet();
                    send(turn++);
                }
            } catch (RuntimeException e) {
                probed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void send(int turn) {
        InputRecord probe = Tick.PROBE;
        int partition = turn % supply.partitions(inputTopic);
        supply.send(
                new ProducerRecord<>(inputTopic, partition, null, Json.bytes(probe)), (_, failure) -> probed(failure));
    }

    private void probed(@Nullable Exception failure) {
        inFlight.decrementAndGet();
        supply.fared(failure);
        if (failure == null) {
            acknowledged.incrementAndGet();
            health.acknowledged();
        }
    }
}
