package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import lull.runtime.Lifecycle;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.queue.AwsQueue;
import lull.runtime.queue.QueueMessageHandler;
import lull.runtime.queue.QueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A reader of a FIFO queue handles the messages of a group in their order, also after one that could not be handled.
@Tag("proof")
final class QueueOrderIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Lifecycle components = new Lifecycle();
    private final QueueServer queue = components.add("queue", QueueServer.startFifo());
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        components.close();
    }

    @Test
    void noMessageOvertakesOneThatCouldNotBeHandled() throws Exception {
        for (int number = 1; number <= 12; number++) {
            queue.send("customer", Integer.toString(number));
        }
        AtomicInteger refusals = new AtomicInteger(2);

        try (AwsQueue _ = read((_, body) -> {
            if (body.equals("3") && refusals.getAndDecrement() > 0) {
                return false;
            }
            return handled.add(body);
        })) {
            await().atMost(PATIENCE).until(() -> handled.size() >= 12);
        }

        queue.awaitEmpty();
        assertThat(handled).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    }

    @Test
    void aRedeliveredMessageHasTheSameId() throws Exception {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        queue.send("customer", "one");

        try (AwsQueue _ = read((id, _) -> {
            ids.add(id);
            return ids.size() > 1;
        })) {
            await().atMost(PATIENCE).until(() -> ids.size() == 2);
        }

        assertThat(ids).hasSize(2).containsOnly(ids.element());
    }

    private AwsQueue read(QueueMessageHandler handler) {
        QueueOptions options = new QueueOptions(
                "test-queue",
                "None.",
                queue.url(),
                "us-east-1",
                Optional.of(URI.create(queue.endpoint())),
                true,
                2,
                Duration.ofSeconds(2),
                Duration.ofMillis(100));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return AwsQueue.read(options, handler, () -> true, dependencies(registry), registry);
    }

    private Dependencies dependencies(SimpleMeterRegistry registry) {
        return components.add(
                "dependencies", new Dependencies(new Health(), registry, InstantSource.system(), System::nanoTime));
    }
}
