package lull.console.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.figures.Figure;
import lull.console.figures.History;
import lull.console.pages.NowPage;
import lull.console.sources.Answer;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;

/// Routes of the page that shows who waits now, and of its parts. Safe for several threads.
final class NowRoutes {

    /// The number of turns of which the page consists before its script asks for the others.
    private static final int FIRST_TURNS = 50;

    private static final Duration SHARED_FOR = Duration.ofSeconds(2);

    private final ConsoleServer.Sources sources;
    private final PageWriter writer;
    private final InstantSource clock;

    /// The last answer of the aggregator, which all pages of the next seconds share.
    private Answer turns = new Answer.Unknown("Nothing was asked yet");

    private Instant turnsAt = Instant.EPOCH;

    NowRoutes(ConsoleServer.Sources sources, PageWriter writer, InstantSource clock) {
        this.sources = sources;
        this.writer = writer;
        this.clock = clock;
    }

    void page(Visit visit) throws InterruptedException {
        writer.page(visit, "now", "Now", model(visit, FIRST_TURNS));
    }

    /// Answers with what the page updates, except for the list of turns.
    void part(Visit visit) throws InterruptedException {
        writer.part(visit, "now-parts", model(visit, 0));
    }

    /// Answers with the list of open turns.
    void turns(Visit visit) throws InterruptedException {
        writer.part(visit, "now-turns", Map.of("turns", turnRows(visit)));
    }

    /// Answers with the curves of a day, or of an hour.
    void figures(Visit visit) {
        boolean isHour = visit.parameter("span").equals("hour");
        History history = sources.watch().history();
        Map<String, Object> curves = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            History.Curve curve = isHour ? history.hour(figure) : history.day(figure);
            curves.put(
                    figure.name(),
                    Map.of(
                            "times",
                            curve.times(),
                            "values",
                            curve.values().stream().map(NowRoutes::known).toArray()));
        }
        visit.context().contentType("application/json").result(Json.bytes(curves));
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private Map<String, Object> model(Visit visit, int first) throws InterruptedException {
        NowPage.Turns all = turnRows(visit);
        List<NowPage.TurnRow> rows = all.rows();
        Map<String, Object> model = new HashMap<>(
                NowPage.model(sources.watch().latest(), all, sources.letters().counted()));
        model.put("firstRows", rows.subList(0, Math.min(first, rows.size())));
        model.put("saved", saved());
        model.put("isWatching", sources.watch().isConfigured());
        if (!visit.parameter("all").isEmpty()) {
            model.put("firstRows", rows);
        }
        return model;
    }

    private NowPage.Saved saved() {
        return NowPage.saved(
                sources.totals().isConfigured() ? Optional.of(sources.totals().latest()) : Optional.empty(),
                sources.watch().passed(),
                sources.advices().price());
    }

    private NowPage.Turns turnRows(Visit visit) throws InterruptedException {
        return NowPage.turns(openTurns(), visit.isSignedIn(), clock.instant());
    }

    private synchronized Answer openTurns() throws InterruptedException {
        Instant now = clock.instant();
        if (Duration.between(turnsAt, now).compareTo(SHARED_FOR) >= 0) {
            turns = sources.aggregator().get("/turns/waiting", Map.of("limit", "1000"));
            turnsAt = clock.instant();
        }
        return turns;
    }
}
