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
        Lifecycle components = new Lifecycle();
        components.add("first", () -> stopped.add("first"));
        components.add("broken", () -> {
            throw new IllegalStateException("on purpose");
        });
        components.add("last", () -> stopped.add("last"));

        components.close();
        components.close();

        assertThat(stopped).containsExactly("last", "first");
    }

    @Test
    void earlyComponentsStopSideBySideAndWhatTheyNeedAfterThem() {
        Lifecycle components = new Lifecycle();
        // Each waits until the others stop too.
        CyclicBarrier together = new CyclicBarrier(3);
        components.add("producer", () -> stopped.add("producer"));
        for (int i = 0; i < 3; i++) {
            components.add("tail " + i, () -> stopped.add("tail"));
            components.addEarly("flow " + i, () -> {
                together.await(20, TimeUnit.SECONDS);
                stopped.add("flow");
            });
        }

        components.close();

        // The tail of the last flow stops as soon as that flow has.
        assertThat(stopped).contains("flow", "tail").endsWith("producer").hasSize(7);
        assertThat(stopped.indexOf("tail")).isGreaterThan(0);
        assertThat(Collections.frequency(stopped, "flow")).isEqualTo(3);
    }

    @Test
    void whatAnEarlyComponentNeedsStopsAfterItThoughAnotherOneIsSlower() {
        Lifecycle components = new Lifecycle();
        CountDownLatch quickIsGone = new CountDownLatch(1);
        components.add("of slow", () -> stopped.add("of slow"));
        components.addEarly("slow", () -> {
            assertThat(quickIsGone.await(20, TimeUnit.SECONDS)).isTrue();
            stopped.add("slow");
        });
        components.add("of quick", () -> {
            stopped.add("of quick");
            quickIsGone.countDown();
        });
        components.addEarly("quick", () -> stopped.add("quick"));

        components.close();

        assertThat(stopped).containsExactly("quick", "of quick", "slow", "of slow");
    }

    @Test
    void goesOnAfterTheLimitAndLogsWhatHasNotStopped() {
        Lifecycle components = new Lifecycle(Duration.ofMillis(200));
        CountDownLatch never = new CountDownLatch(1);
        components.add("producer", () -> stopped.add("producer"));
        components.addEarly("hanging", never::await);
        components.addEarly("quick", () -> stopped.add("quick"));
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Lifecycle.class);
        logged.start();
        logger.addAppender(logged);

        try {
            components.close();
        } finally {
            logger.detachAppender(logged);
        }

        assertThat(stopped).containsExactly("quick");
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .isEqualTo("Some components did not stop in time; the process exits anyway, and nothing is lost");
            assertThat(event.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(pair.value).isEqualTo("hanging, producer"));
        });
        never.countDown();
    }

    @Test
    void anInterruptionDoesNotKeepComponentsFromStopping() {
        Lifecycle components = new Lifecycle();
        components.add("first", () -> stopped.add("first"));

        Thread.currentThread().interrupt();
        components.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).containsExactly("first");
    }
}
