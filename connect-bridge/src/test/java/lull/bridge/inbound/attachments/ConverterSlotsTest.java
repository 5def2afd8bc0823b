package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import org.junit.jupiter.api.Test;

final class ConverterSlotsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int CALLERS = 300;
    private static final int MOST_WAITING = 40;

    private final ConverterSlots slots = new ConverterSlots(1, Duration.ofMinutes(1));

    @Test
    void onlyAFewCallersWaitAndTheOthersAreTurnedAwayAtOnce() throws Exception {
        AtomicInteger turnedAway = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Slot held = slots.take().orElseThrow();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(() -> {
                    Optional<Slot> taken = slots.take();
                    (taken.isEmpty() ? turnedAway : served).incrementAndGet();
                    taken.ifPresent(Slot::close);
                    return taken;
                }));
            }

            await().atMost(PATIENCE).until(() -> turnedAway.get() >= CALLERS - MOST_WAITING);
            assertThat(served).hasValue(0);

            held.close();
            for (Future<?> each : calls) {
                each.get();
            }
        }
        assertThat(served.get()).isPositive();
        assertThat(served.get() + turnedAway.get()).isEqualTo(CALLERS);
    }

    @Test
    void aSlotIsGivenBackOnce() throws InterruptedException {
        Slot slot = slots.take().orElseThrow();
        slot.close();
        slot.close();

        try (Slot _ = slots.take().orElseThrow()) {
            assertThat(new ConverterSlots(0, Duration.ZERO).take()).isEmpty();
        }
    }
}
