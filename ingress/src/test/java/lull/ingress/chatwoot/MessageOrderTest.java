package lull.ingress.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessageOrderTest {

    private final List<Long> done = new CopyOnWriteArrayList<>();

    @Test
    void putsMessagesOfAConversationInOrderThatArriveWithinTheHold() throws Exception {
        MessageOrder order = new MessageOrder(Duration.ofSeconds(2));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = Stream.of(5L, 3L, 4L, 1L, 2L)
                    .map(message -> threads.submit(() -> order.inOrder(1, message, () -> done.add(message))))
                    .toList();
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(done).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void letsOtherConversationsPass() throws Exception {
        MessageOrder order = new MessageOrder(Duration.ZERO);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> slow = threads.submit(() -> order.inOrder(1, 1, () -> {
                release.await();
                return done.add(1L);
            }));
            threads.submit(() -> order.inOrder(2, 9, () -> done.add(9L))).get();
            assertThat(done).containsExactly(9L);
            release.countDown();
            slow.get();
        }
        assertThat(done).containsExactly(9L, 1L);
    }

    @Test
    void goesOnAfterAStepThatFails() throws Exception {
        MessageOrder order = new MessageOrder(Duration.ZERO);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> failing = threads.submit(() -> order.inOrder(1, 1, () -> {
                throw new IllegalStateException("broken");
            }));
            await().until(failing::isDone);
            threads.submit(() -> order.inOrder(1, 2, () -> done.add(2L))).get();
        }
        assertThat(done).containsExactly(2L);
    }
}
