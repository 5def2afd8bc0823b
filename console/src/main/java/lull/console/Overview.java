package lull.console;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lull.console.figures.Watch;
import lull.console.pages.NowPage;
import lull.console.pages.TopText;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.DeadLetterPort;
import lull.console.sources.DeadLetters;
import lull.console.sources.MonthTotals;
import lull.console.sources.SourceClient;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Settings;

/// What the first page of the console shows, without its port: for a terminal. For one thread.
public final class Overview implements AutoCloseable {

    private final Watch watch;
    private final BoundedHttpClient calls;
    private final SourceClient aggregator;
    private final MonthTotals totals;
    private final DeadLetters letters;
    private final AdviceCalculator.Price price;
    private final InstantSource clock;

    /// @param settings those of the console
    /// @param letters access to the dead letters; empty if Kafka is not configured
    public Overview(
            Settings settings, Optional<DeadLetterPort> letters, AdviceCalculator.Price price, InstantSource clock) {
        this.watch = new Watch(
                settings.get(ConsoleSettings.WATCH),
                ConsoleService.client(settings),
                settings.get(ConsoleSettings.SOURCE_TIMEOUT),
                clock);
        this.calls = ConsoleService.client(settings);
        this.aggregator = new SourceClient(
                ConsoleSettings.aggregator(settings), calls, settings.get(ConsoleSettings.SOURCE_TIMEOUT), clock);
        this.totals = new MonthTotals(
                new SourceClient(
                        ConsoleSettings.archive(settings), calls, settings.get(ConsoleSettings.SOURCE_TIMEOUT), clock),
                clock);
        this.letters = new DeadLetters(letters, clock);
        this.price = price;
        this.clock = clock;
    }

    /// Reads the admin ports. Rates are known from the second time on.
    public void visit() {
        watch.visit();
    }

    /// Counts dead letters, and what was saved, which take longer and change less often.
    public void count() throws InterruptedException {
        letters.count();
        if (totals.isConfigured()) {
            totals.count();
        }
    }

    /// Returns what is known now, with masked numbers.
    public TopText.Now now() throws InterruptedException {
        return new TopText.Now(
                watch.latest(),
                NowPage.turns(aggregator.get("/turns/waiting", Map.of("limit", "1000")), false, clock.instant()),
                letters.counted(),
                NowPage.saved(
                        totals.isConfigured() ? Optional.of(totals.latest()) : Optional.empty(),
                        watch.passed(),
                        price));
    }

    @Override
    public void close() {
        watch.close();
        calls.close();
    }
}
