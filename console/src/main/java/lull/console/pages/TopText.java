package lull.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.console.figures.Figure;
import lull.console.figures.ProcessState;
import lull.console.figures.Snapshot;
import lull.console.pages.NowPage.FigureRow;
import lull.console.pages.NowPage.FlowRow;
import lull.console.pages.NowPage.ProblemRow;
import lull.console.pages.NowPage.Saved;
import lull.console.pages.NowPage.TurnRow;
import lull.console.pages.NowPage.Turns;
import lull.console.pages.NowPage.WaitRow;
import lull.console.sources.DeadLetters;
import lull.contract.VisibleLine;
import org.jspecify.annotations.Nullable;

/// The page that shows who waits now, for a terminal and as JSON. Customers' numbers are masked. Pure.
public final class TopText {

    private static final int MAX_TURNS = 10;
    private static final int SHORTEST_LINE = 40;
    private static final String CUT = "…";

    /// Name of a process that has never answered, with what follows it.
    private static final String NO_NAME = "unknown at ";

    private TopText() {}

    /// What is shown.
    public record Now(Snapshot snapshot, Turns turns, DeadLetters.Count letters, Saved saved) {

        @Override
        public String toString() {
            return "Now[" + snapshot.at() + "]";
        }
    }

    /// Returns the lines for a terminal, none of which is longer than its width: sentences are wrapped, other lines
    /// cut.
    ///
    /// @param width in characters; [Integer#MAX_VALUE]: without a terminal
    public static List<String> lines(Now now, int width) {
        List<String> lines = new ArrayList<>();
        Snapshot snapshot = now.snapshot();
        long ready = snapshot.processes().stream().filter(ProcessState::isReady).count();
        lines.add("Lull  " + Shown.utc(snapshot.at()) + "  " + ready + " of "
                + snapshot.processes().size() + " processes ready");
        lines.add("open turns " + open(now.turns()) + "  longest wait " + seconds(Figure.WAIT.of(snapshot))
                + "  closing delay " + seconds(Figure.DELAY.of(snapshot)) + "  retrying "
                + Shown.number(Figure.WAITING.of(snapshot)));
        lines.add("pauses " + count(snapshot, NowPage.pauses(snapshot)) + "  open circuits "
                + count(snapshot, NowPage.circuits(snapshot)) + "  dead letters "
                + (now.letters().isKnown() ? Shown.number(now.letters().letters()) : "unknown") + "  saved "
                + saved(now));
        lines.add("");
        lines.add("WHO WAITS");
        int wide = Math.max(SHORTEST_LINE, width);
        turns(now, wide, lines);
        waiting(snapshot, lines);
        lines.add("");
        lines.add("FLOWS");
        NowPage.flows(snapshot).forEach(flow -> lines.add(flow(flow)));
        lines.add("");
        lines.add("WHAT DOES NOT WORK");
        problems(snapshot, wide, lines);
        lines.add("");
        lines.add("RATES");
        NowPage.figures(snapshot)
                .forEach(figure -> lines.add(
                        "  " + column(figure.title(), 46) + " " + right(figure.value()) + " " + figure.unit()));
        return lines.stream().map(line -> fitting(line, wide)).toList();
    }

    private static void turns(Now now, int width, List<String> lines) {
        Turns turns = now.turns();
        if (!turns.problem().isEmpty()) {
            sentence("not known: " + VisibleLine.of(turns.problem()), width, lines);
        } else if (turns.rows().isEmpty()) {
            lines.add("  no turn is open");
        }
        for (TurnRow row :
                turns.rows().subList(0, Math.min(MAX_TURNS, turns.rows().size()))) {
            lines.add("  " + column(VisibleLine.of(row.conversation()), 25) + " "
                    + column(
                            Shown.span(Duration.between(
                                    row.openedAt(), now.snapshot().at())),
                            12)
                    + column(row.messages() == 1 ? "1 message" : row.messages() + " messages", 12)
                    + VisibleLine.of(row.why()));
        }
        if (turns.open() > MAX_TURNS) {
            lines.add("  and " + (turns.open() - MAX_TURNS) + " more");
        }
    }

    private static void waiting(Snapshot snapshot, List<String> lines) {
        List<WaitRow> rows = NowPage.waiting(snapshot);
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("WHO WAITS FOR ANOTHER ATTEMPT");
        for (WaitRow row : rows.subList(0, Math.min(MAX_TURNS, rows.size()))) {
            lines.add("  " + column(VisibleLine.of(row.conversation()), 25) + " "
                    + column(Shown.span(Duration.between(row.since(), snapshot.at())), 12)
                    + column(row.records() == 1 ? "1 record" : row.records() + " records", 12)
                    + VisibleLine.of(row.reason()));
        }
        if (rows.size() > MAX_TURNS) {
            lines.add("  and " + (rows.size() - MAX_TURNS) + " more");
        }
    }

    private static String flow(FlowRow flow) {
        String name = flow.meaning().isEmpty() ? flow.name() : flow.meaning();
        return "  " + column(VisibleLine.of(name), 40) + " "
                + column(flow.isWaiting() ? span(flow.state().estimate()) : "none", 12)
                + column(flow.state().records() + " records", 16)
                + (flow.state().retrying() > 0 ? flow.state().retrying() + " retrying" : "");
    }

    private static void problems(Snapshot snapshot, int width, List<String> lines) {
        int before = lines.size();
        NowPage.problems(snapshot).forEach(row -> sentence(words(row), width, lines));
        NowPage.circuits(snapshot).forEach(row -> sentence("circuit open: " + circuit(row), width, lines));
        NowPage.pauses(snapshot).forEach(pause -> sentence("paused: " + VisibleLine.of(pause), width, lines));
        if (!snapshot.isKnown() || snapshot.processes().isEmpty()) {
            sentence("no process is watched: set console.watch to the addresses of their admin ports", width, lines);
        } else if (lines.size() == before) {
            lines.add("  everything works");
        }
    }

    /// Adds a sentence in as many lines as it needs.
    private static void sentence(String text, int width, List<String> lines) {
        StringBuilder line = new StringBuilder("  ");
        boolean isBegun = false;
        for (String word : text.split(" ", -1)) {
            if (isBegun && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder("    ");
                isBegun = false;
            }
            line.append(isBegun ? " " : "").append(word);
            isBegun = true;
        }
        lines.add(line.toString());
    }

    /// Returns a number of things that processes report; if none answers, there may be some.
    private static String count(Snapshot snapshot, List<?> things) {
        return isKnown(snapshot) ? Integer.toString(things.size()) : "unknown";
    }

    private static boolean isKnown(Snapshot snapshot) {
        return snapshot.processes().stream().anyMatch(ProcessState::isKnown);
    }

    private static String words(ProblemRow row) {
        String process = row.process().startsWith(NO_NAME)
                ? "the process at " + row.process().substring(NO_NAME.length())
                : row.process();
        String words = switch (row.what()) {
            case "process" -> process + " " + row.cause();
            case "not ready" -> process + " is not ready: " + row.cause();
            default ->
                process + ": " + row.what() + (row.scope().isEmpty() ? "" : " " + row.scope()) + ": " + row.cause();
        };
        return VisibleLine.of(words) + lasting(row);
    }

    private static String circuit(ProblemRow row) {
        return VisibleLine.of(row.process() + " " + row.what() + (row.scope().isEmpty() ? "" : " " + row.scope()))
                + lasting(row);
    }

    private static String lasting(ProblemRow row) {
        return row.lasting().map(lasting -> ", for " + Shown.span(lasting)).orElse("");
    }

    /// What processes have seen is unknown if none answers.
    private static boolean isSavedKnown(Now now) {
        return now.saved().problem().isEmpty() && (now.saved().isMonth() || isKnown(now.snapshot()));
    }

    private static String saved(Now now) {
        Saved saved = now.saved();
        return isSavedKnown(now)
                ? Shown.rounded(saved.amount(), 2) + " " + saved.price().currency()
                        + (saved.isMonth() ? " this month" : " since the start")
                : "unknown";
    }

    private static String open(Turns turns) {
        return turns.open() < 0 ? "unknown" : Shown.number(turns.open());
    }

    private static String seconds(double value) {
        return Double.isFinite(value) ? Shown.number(value) + " s" : "unknown";
    }

    private static String span(Optional<Duration> span) {
        return span.map(Shown::span).orElse("unknown");
    }

    private static String right(double value) {
        return String.format(Locale.ROOT, "%10s", Shown.number(value));
    }

    private static String column(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static String fitting(String line, int width) {
        String visible = line.stripTrailing();
        return visible.codePointCount(0, visible.length()) <= width
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, width - 1)) + CUT;
    }

    /// Returns the same as JSON: names and values. What is unknown is absent.
    public static Map<String, @Nullable Object> json(Now now) {
        Snapshot snapshot = now.snapshot();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", snapshot.at());
        json.put("openTurns", now.turns().open() < 0 ? null : now.turns().open());
        json.put("turnsProblem", now.turns().problem());
        json.put(
                "oldest",
                now.turns().rows().stream().limit(MAX_TURNS).map(TopText::turn).toList());
        json.put("deadLetters", now.letters().isKnown() ? now.letters().letters() : null);
        json.put("pauses", isKnown(snapshot) ? NowPage.pauses(snapshot) : null);
        json.put(
                "circuits",
                isKnown(snapshot)
                        ? NowPage.circuits(snapshot).stream()
                                .map(TopText::circuit)
                                .toList()
                        : null);
        json.put(
                "problems",
                NowPage.problems(snapshot).stream().map(TopText::words).toList());
        json.put(
                "flows", NowPage.flows(snapshot).stream().map(TopText::flowJson).toList());
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (FigureRow figure : NowPage.figures(snapshot)) {
            figures.put(figure.id().toLowerCase(Locale.ROOT), known(figure.value()));
        }
        json.put("waiting", NowPage.waiting(snapshot));
        json.put("figures", figures);
        json.put("saved", isSavedKnown(now) ? saved(now.saved(), now.saved().since()) : null);
        json.put(
                "processes", snapshot.processes().stream().map(TopText::process).toList());
        return json;
    }

    private static Map<String, @Nullable Object> turn(TurnRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("conversation", row.conversation());
        json.put("openedAt", row.openedAt());
        json.put("closesAt", row.closesAt());
        json.put("messages", row.messages());
        json.put("why", row.why());
        return json;
    }

    private static Map<String, @Nullable Object> flowJson(FlowRow flow) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("flow", flow.name());
        json.put("records", flow.state().records());
        json.put("retrying", flow.state().retrying());
        json.put("perSecond", known(flow.state().perSecond()));
        json.put("wait", flow.isWaiting() ? flow.state().estimate().orElse(null) : Duration.ZERO);
        return json;
    }

    private static Map<String, @Nullable Object> saved(Saved saved, @Nullable Instant since) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("since", since);
        json.put("messages", saved.messages());
        json.put("connectMessages", saved.connectMessages());
        json.put("amount", known(saved.amount()));
        json.put("currency", saved.price().currency());
        json.put("price", saved.price().amount());
        json.put("priceSource", saved.price().source());
        return json;
    }

    private static Map<String, @Nullable Object> process(ProcessState process) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", process.name());
        json.put("address", process.address());
        json.put("version", process.version());
        json.put("ready", process.isReady());
        Map<String, @Nullable Object> partitions = new TreeMap<>();
        process.samples().stream()
                .filter(sample -> sample.name().equals(NowPage.PARTITIONS) && Double.isFinite(sample.value()))
                .forEach(sample -> partitions.put(sample.label("group"), Math.round(sample.value())));
        json.put("partitions", partitions);
        return json;
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
