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
import java.util.concurrent.CountDownLatch;
import lull.runtime.Lifecycle;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.queue.AwsQueue;
import lull.runtime.queue.QueueMessageHandler;
import lull.runtime.queue.QueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A reader of a queue that is told to stop leaves no message received and unhandled: SQS would hide it from the other
/// readers until its visibility timeout is over, and messages that were sent after it would overtake it.
@Tag("proof")
final class QueueReaderStopsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Lifecycle components = new Lifecycle();
    private final QueueServer queue = components.add("queue", QueueServer.start());
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void hideForLong() {
        queue.hideFor(Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() {
        components.close();
    }

    @Test
    void aMessageThatIsBeingHandledIsHandledToTheEndAndDeleted() throws Exception {
        CountDownLatch isHandling = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AwsQueue reader = read((_, body) -> {
            isHandling.countDown();
            mayEnd.await();
            return handled.add(body);
        });
        queue.send("one");
        isHandling.await();

        Thread stopping = Thread.ofVirtual().start(reader::close);
        await().atMost(PATIENCE)
                .until(() -> stopping.getState() != Thread.State.NEW && stopping.getState() != Thread.State.RUNNABLE);
        mayEnd.countDown();
        stopping.join();

        assertThat(handled).containsExactly("one");
        queue.awaitEmpty();
    }

    @Test
    void aMessageThatArrivesWhileTheLastCallWaitsIsHandledOrLeftToOthers() throws Exception {
        AwsQueue reader = read((_, body) -> handled.add(body));
        queue.send("one");
        await().atMost(PATIENCE).until(() -> handled.size() == 1);
        Thread stopping = Thread.ofVirtual().start(reader::close);
        queue.send("two");
        stopping.join();

        try (AwsQueue _ = read((_, body) -> handled.add(body))) {
            await().atMost(PATIENCE).until(() -> handled.contains("two"));
        }
        queue.awaitEmpty();
        assertThat(handled).containsExactly("one", "two");
    }

    @Test
    void aReaderThatIsStoppedReceivesNothingMore() throws Exception {
        read((_, body) -> handled.add(body)).close();
        queue.send("one");

        try (AwsQueue _ = read((_, body) -> handled.add("other " + body))) {
            await().atMost(PATIENCE).until(() -> !handled.isEmpty());
        }
        assertThat(handled).containsExactly("other one");
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
