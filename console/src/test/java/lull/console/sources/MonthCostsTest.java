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
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import lull.console.sources.BillCalculator.Bill;
import lull.console.sources.BillCalculator.Splitting;
import lull.runtime.http.BoundedHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MonthCostsTest {

    private static final byte[] DAY = "{\"whatsapp\":[],\"connect\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T01:00:00Z"));
    private volatile Runnable beforeAnswer = () -> {};
    private HttpServer archive;
    private MonthCosts costs;

    @BeforeEach
    void start() throws IOException {
        archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archive.createContext("/charges", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            beforeAnswer.run();
            exchange.sendResponseHeaders(200, DAY.length);
            exchange.getResponseBody().write(DAY);
            exchange.close();
        });
        archive.start();
        costs = new MonthCosts(
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
                MonthCostsTest::bill,
                now::get);
    }

    @AfterEach
    void stop() {
        archive.stop(0);
        client.close();
    }

    @Test
    void asksForDaysThatAreOverOnlyOnce() throws Exception {
        assertThat(costs.of(MARCH, PATIENCE)).isEqualTo(new MonthCosts.State(bill(4, false), "", ""));
        assertThat(asked).hasSize(4);
        assertThat(asked.getFirst()).contains("from=2026-03-01T00:00:00Z").contains("to=2026-03-02T00:00:00Z");

        asked.clear();
        assertThat(costs.of(MARCH, PATIENCE).bill()).isEqualTo(bill(4, false));

        // The day before ended an hour ago, and the archive may be behind.
        assertThat(asked).hasSize(2);
        assertThat(costs.of(MARCH.minusMonths(1), PATIENCE).bill()).isEqualTo(bill(28, true));
    }

    @Test
    void aMonthMayTakeSeveralCalls() throws Exception {
        beforeAnswer = () -> now.updateAndGet(time -> time.plusSeconds(1));

        MonthCosts.State first = costs.of(MARCH.minusMonths(1), PATIENCE);

        assertThat(first).isEqualTo(new MonthCosts.State(null, "", "2 of 28 days are counted"));
        beforeAnswer = () -> {};
        assertThat(costs.of(MARCH.minusMonths(1), PATIENCE).bill()).isEqualTo(bill(28, true));
        assertThat(asked).hasSize(28);
    }

    @Test
    void offersThisMonthAndTheYearBefore() {
        assertThat(costs.months()).hasSize(13).startsWith(MARCH).endsWith(MARCH.minusYears(1));
    }

    @Test
    void saysWhyItIsNotKnown() throws Exception {
        archive.stop(0);

        assertThat(costs.of(MARCH, PATIENCE).problem()).contains("does not answer");
    }

    private static Bill bill(BillCalculator.Ledger ledger) {
        assertThat(ledger.isWhole()).isTrue();
        return bill(ledger.days().size(), ledger.isOver());
    }

    /// A bill that says how many days it is of.
    private static Bill bill(int days, boolean isOver) {
        return new Bill(
                MARCH,
                isOver,
                "USD",
                "2026-02-01",
                List.of(),
                List.of(),
                0,
                0,
                days,
                null,
                new Splitting(0, 0, 0, 0),
                List.of(),
                List.of());
    }
}
