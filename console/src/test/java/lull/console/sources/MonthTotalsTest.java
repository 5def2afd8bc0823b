package lull.console.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import lull.console.sources.MonthTotals.Totals;
import lull.runtime.http.BoundedHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MonthTotalsTest {

    private static final byte[] DAY =
            "{\"messages\":10,\"oneByOne\":11,\"connectMessages\":3}".getBytes(StandardCharsets.UTF_8);

    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T01:00:00Z"));
    private HttpServer archive;
    private MonthTotals totals;

    @BeforeEach
    void start() throws IOException {
        archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archive.createContext("/totals", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, DAY.length);
            exchange.getResponseBody().write(DAY);
            exchange.close();
        });
        archive.start();
        totals = new MonthTotals(
                new SourceClient(
                        new SourceClient.Target(
                                "archive",
                                "console.archive",
                                Optional.of(URI.create("http://127.0.0.1:"
                                        + archive.getAddress().getPort())),
                                Optional.of("token"),
                                false),
                        client,
                        Duration.ofSeconds(10),
                        now::get),
                now::get);
    }

    @AfterEach
    void stop() {
        archive.stop(0);
        client.close();
    }

    @Test
    void asksForDaysThatAreOverOnlyOnce() throws Exception {
        totals.count();

        assertThat(totals.latest()).isEqualTo(new Totals(Instant.parse("2026-03-01T00:00:00Z"), 40, 44, 12, ""));
        assertThat(asked).hasSize(4);
        assertThat(asked.getFirst()).contains("from=2026-03-01T00:00:00Z").contains("to=2026-03-02T00:00:00Z");

        asked.clear();
        totals.count();

        // The day before ended an hour ago, and the archive may be behind.
        assertThat(asked).hasSize(2);
        assertThat(totals.latest().messages()).isEqualTo(40);
    }

    @Test
    void beginsAnewWithEachMonth() throws Exception {
        totals.count();
        now.set(Instant.parse("2026-04-01T12:00:00Z"));

        totals.count();

        assertThat(totals.latest()).isEqualTo(new Totals(Instant.parse("2026-04-01T00:00:00Z"), 10, 11, 3, ""));
    }

    @Test
    void saysWhyItIsNotKnown() throws Exception {
        archive.stop(0);

        totals.count();

        assertThat(totals.latest().isKnown()).isFalse();
        assertThat(totals.latest().problem()).contains("does not answer");
    }
}
