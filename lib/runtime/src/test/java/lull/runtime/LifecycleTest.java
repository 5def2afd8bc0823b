package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
final class LifecycleTest {

    private final List<String> stopped = Collections.synchronizedList(new ArrayList<>());

    @Test
    void stopsInReverseOrderThoughOneFails() {
        Lifecycle parts = new Lifecycle();
        parts.add("first", () -> stopped.add("first"));
        parts.add("broken", () -> {
            throw new IllegalStateException("on purpose");
        });
        parts.add("last", () -> stopped.add("last"));

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("last", "first");
    }

    @Test
    void earlyPartsStopSideBySideAndWhatTheyNeedAfterThem() {
        Lifecycle parts = new Lifecycle();
        // Each waits until the others stop too.
        CyclicBarrier together = new CyclicBarrier(3);
        parts.add("producer", () -> stopped.add("producer"));
        for (int i = 0; i < 3; i++) {
            parts.add("tail " + i, () -> stopped.add("tail"));
            parts.addEarly("flow " + i, () -> {
                together.await(20, TimeUnit.SECONDS);
                stopped.add("flow");
            });
        }

        parts.close();

        // The tail of the last flow stops as soon as that flow has.
        assertThat(stopped).contains("flow", "tail").endsWith("producer").hasSize(7);
        assertThat(stopped.indexOf("tail")).isGreaterThan(0);
        assertThat(Collections.frequency(stopped, "flow")).isEqualTo(3);
    }

    @Test
    void whatAnEarlyPartNeedsStopsAfterItThoughAnotherOneIsSlower() {
        Lifecycle parts = new Lifecycle();
        CountDownLatch quickIsGone = new CountDownLatch(1);
        parts.add("of slow", () -> stopped.add("of slow"));
        parts.addEarly("slow", () -> {
            assertThat(quickIsGone.await(20, TimeUnit.SECONDS)).isTrue();
            stopped.add("slow");
        });
        parts.add("of quick", () -> {
            stopped.add("of quick");
            quickIsGone.countDown();
        });
        parts.addEarly("quick", () -> stopped.add("quick"));

        parts.close();

        assertThat(stopped).containsExactly("quick", "of quick", "slow", "of slow");
    }

    @Test
    void goesOnAfterTheLimitAndLogsWhatHasNotStopped() {
        Lifecycle parts = new Lifecycle(Duration.ofMillis(200));
        CountDownLatch never = new CountDownLatch(1);
        parts.add("producer", () -> stopped.add("producer"));
        parts.addEarly("hanging", never::await);
        parts.addEarly("quick", () -> stopped.add("quick"));
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Lifecycle.class);
        logged.start();
        logger.addAppender(logged);

        try {
            parts.close();
        } finally {
            logger.detachAppender(logged);
        }

        assertThat(stopped).containsExactly("quick");
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .isEqualTo("Some parts did not stop in time; the process exits anyway, and nothing is lost");
            assertThat(event.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(pair.value).isEqualTo("hanging, producer"));
        });
        never.countDown();
    }

    @Test
    void anInterruptionDoesNotKeepPartsFromStopping() {
        Lifecycle parts = new Lifecycle();
        parts.add("first", () -> stopped.add("first"));

        Thread.currentThread().interrupt();
        parts.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).containsExactly("first");
    }
}
