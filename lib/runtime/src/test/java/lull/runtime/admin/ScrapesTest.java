package lull.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ScrapesTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Scrapes scrapes = new Scrapes(() -> "copy " + made.incrementAndGet());

    @Test
    void manyWhoAskAtOnceShareAFewCopies() throws Exception {
        IdentityHashMap<byte[], Boolean> copies = new IdentityHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> asked = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                asked.add(threads.submit(scrapes::text));
            }
            for (Future<byte[]> each : asked) {
                copies.put(each.get(), true);
            }
        }

        assertThat(copies.size()).isEqualTo(made.get()).isBetween(1, 50);
    }

    @Test
    void nobodyGetsACopyThatIsOlderThanTheirRequest() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            assertThat(new String(scrapes.text(), StandardCharsets.UTF_8)).isEqualTo("copy " + i);
        }
    }
}
