package lull.console.http;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import lull.console.pages.CostPage;
import lull.console.sources.MonthCosts;
import lull.console.sources.MonthCosts.State;

/// Route of the page that shows what a month has cost. Safe for several threads.
final class CostRoutes {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final int AGAIN_SECONDS = 2;

    private final MonthCosts costs;
    private final PageWriter writer;

    CostRoutes(MonthCosts costs, PageWriter writer) {
        this.costs = costs;
        this.writer = writer;
    }

    void page(Visit visit) throws InterruptedException {
        List<YearMonth> months = costs.months();
        YearMonth month = CostPage.chosen(months, visit.parameter("month"));
        State state = costs.of(month, PATIENCE);
        if (!state.progress().isEmpty()) {
            // Browsers load the page again, without a script too.
            PageWriter.again(visit, AGAIN_SECONDS);
        }
        writer.page(visit, "costs", "What was charged", CostPage.model(months, month, state));
    }
}
