package lull.console.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.pages.AdvicePage;
import lull.console.pages.AdvicePage.Choice;
import lull.console.sources.Answer;
import lull.console.sources.GapAdvices;
import lull.console.sources.GapAdvices.State;
import lull.console.sources.SourceClient;

/// Route of the page that shows what another gap would do. Only gaps that the aggregator reports are
/// calculated, so that nobody can ask for ever more. Safe for several threads.
final class AdviceRoutes {

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final int AGAIN_SECONDS = 2;

    private final SourceClient aggregator;
    private final GapAdvices advices;
    private final PageWriter writer;

    AdviceRoutes(SourceClient aggregator, GapAdvices advices, PageWriter writer) {
        this.aggregator = aggregator;
        this.advices = advices;
        this.writer = writer;
    }

    void page(Visit visit) throws InterruptedException {
        Answer gaps = aggregator.get("/gaps", Map.of());
        List<Choice> choices = AdvicePage.choices(gaps, visit.parameter("of"));
        Optional<Choice> chosen = choices.stream().filter(Choice::isChosen).findFirst();
        Optional<State> state = chosen.isEmpty()
                ? Optional.empty()
                : Optional.of(advices.of(chosen.orElseThrow().question(), PATIENCE));
        if (state.isPresent() && !state.orElseThrow().progress().isEmpty()) {
            // Browsers load the page again, without a script too.
            PageWriter.again(visit, AGAIN_SECONDS);
        }
        writer.page(visit, "gap-advice", "What would another gap do?", AdvicePage.model(gaps, choices, state));
    }
}
