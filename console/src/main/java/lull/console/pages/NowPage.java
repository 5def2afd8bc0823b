package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.console.figures.Figure;
import lull.console.figures.FlowWait;
import lull.console.figures.Passed;
import lull.console.figures.ProcessState;
import lull.console.figures.Sample;
import lull.console.figures.Snapshot;
import lull.console.figures.Watch;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.Answer;
import lull.console.sources.DeadLetters;
import lull.console.sources.MonthTotals;
import lull.contract.ConversationKey;
import lull.contract.json.Timestamps;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Content of the page that shows who waits now, since when and why. Pure.
public final class NowPage {

    private static final String CONNECT_CALLS = "lull_bridge_connect_calls_seconds_count";

    static final String PARTITIONS = "lull_kafka_partitions";

    private static final int MOST_WAITING = 100;

    private static final Duration LATE = Duration.ofSeconds(3);

    private static final Map<String, String> FLOWS = Map.of(
            "lull-turn-to-chat", "Turns to Amazon Connect",
            "lull-event-to-reply", "Agents' messages to replies",
            "lull-reply-to-whatsapp", "Replies to WhatsApp",
            "lull-status-to-reply", "Statuses of WhatsApp to replies",
            "lull-part-to-read-mark", "Read marks and typing indicators",
            "lull-echo-to-chat", "Messages of the business app to agents",
            "lull-dead-letter-to-chat", "Notes about dead letters to agents",
            "lull-voice-to-transcript", "Voice notes to transcripts",
            "lull-turn-to-application", "Turns to applications",
            "lull-archive", "Records to the archive");

    private NowPage() {}

    /// An open turn.
    ///
    /// @param href of its conversation; empty if it may not be opened
    /// @param isLate whether it should have ended
    public record TurnRow(
            String id,
            String conversation,
            String href,
            Instant openedAt,
            Instant lastAt,
            Instant closesAt,
            int messages,
            String why,
            boolean isLate) {}

    /// Open turns, or why they are unknown.
    ///
    /// @param open how many there are
    /// @param problem in a sentence; empty if they are known
    /// @param missing how many partitions are unknown
    public record Turns(List<TurnRow> rows, int open, String problem, int missing) {}

    /// A flow of the installation.
    public record FlowRow(String name, String meaning, String heading, FlowWait state) {

        public boolean isWaiting() {
            return state.records() > 0 || state.retrying() > 0;
        }
    }

    /// Something that does not work.
    public record ProblemRow(String process, String what, String scope, String cause, Optional<Duration> lasting) {}

    /// A conversation whose record could not be handled yet.
    ///
    /// @param flow what is to be done with the record
    /// @param conversation masked
    /// @param since when the record was written
    public record WaitRow(String flow, String conversation, Instant since, int records, int attempts, String reason) {}

    /// An operation of Amazon Connect.
    ///
    /// @param region empty if `connect.rates` does not limit it: calls are then of all Regions
    /// @param pace the number of calls per second that all bridges may make; NaN if nothing limits them
    public record QuotaRow(String region, String operation, double perSecond, double pace, boolean isOpen) {

        /// Whether `connect.rates` or Amazon Connect limits the calls.
        public boolean isLimited() {
            return !Double.isNaN(pace);
        }

        /// The used part of the quota, in percent; empty if it is unknown.
        public Optional<Integer> percent() {
            return pace > 0 && !Double.isNaN(perSecond)
                    ? Optional.of((int) Math.round(100 * perSecond / pace))
                    : Optional.empty();
        }
    }

    /// A figure with its curve.
    public record FigureRow(String id, String title, String unit, double value) {}

    /// What Amazon Connect did not charge because messages became turns.
    ///
    /// @param since when it is counted; absent if nothing is known
    /// @param isMonth whether it is counted since the beginning of the month
    /// @param amount money
    /// @param problem why it is unknown; empty if it is known
    public record Saved(
            @Nullable Instant since,
            boolean isMonth,
            long messages,
            long connectMessages,
            double amount,
            AdviceCalculator.Price price,
            String problem) {}

    /// Returns what was saved: by the archive if there is one, else by what the console has seen.
    public static Saved saved(Optional<MonthTotals.Totals> month, Passed passed, AdviceCalculator.Price price) {
        if (month.isPresent()) {
            MonthTotals.Totals totals = month.orElseThrow();
            return new Saved(
                    totals.since(),
                    true,
                    totals.messages(),
                    totals.connectMessages(),
                    price.amount() * Math.max(0, totals.oneByOne() - totals.connectMessages()),
                    price,
                    totals.problem());
        }
        return new Saved(
                passed.since(),
                false,
                Math.round(passed.messages()),
                Math.round(passed.connectMessages()),
                price.amount() * Math.max(0, passed.messages() - passed.connectMessages()),
                price,
                passed.since() == null ? "The processes are being asked for the first time" : "");
    }

    /// Returns the turns in an answer of the aggregator.
    ///
    /// @param isSignedIn whether customers' numbers may be shown
    public static Turns turns(Answer answer, boolean isSignedIn, Instant now) {
        return switch (answer) {
            case Answer.Unknown(String reason) -> new Turns(List.of(), -1, reason, 0);
            case Answer.Refused(int status, String reason, var _) ->
                new Turns(
                        List.of(),
                        -1,
                        status == 404 && reason.startsWith("There is nothing")
                                ? "This aggregator cannot list open turns: it is of an older version of Lull"
                                : reason,
                        0);
            case Answer.Known(JsonNode body) -> {
                List<TurnRow> rows = new ArrayList<>();
                body.path("turns").path("oldest").forEach(turn -> rows.add(turn(turn, isSignedIn, now)));
                int missing = 0;
                for (JsonNode partitions : body.path("unknownPartitions")) {
                    missing += partitions.size();
                }
                yield new Turns(rows, body.path("turns").path("open").asInt(), "", missing);
            }
        };
    }

    private static TurnRow turn(JsonNode turn, boolean isSignedIn, Instant now) {
        String conversation = turn.path("conversation").asText();
        Instant closesAt = time(turn, "closesAt");
        boolean isLate = now.isAfter(closesAt.plus(LATE));
        return new TurnRow(
                turn.path("id").asText(),
                isSignedIn ? conversation : ConversationKey.masked(conversation),
                isSignedIn ? "/conversations/" + Forms.encoded(conversation) : "",
                time(turn, "openedAt"),
                time(turn, "lastAt"),
                closesAt,
                turn.path("messages").asInt(),
                why(turn, isLate),
                isLate);
    }

    private static String why(JsonNode turn, boolean isLate) {
        if (isLate) {
            return "should have ended: Kafka acknowledges too slowly, or an aggregator is behind";
        }
        return turn.path("limited").asBoolean()
                ? "may not last longer than that"
                : "waits for a silence of "
                        + Durations.text(Durations.parse(turn.path("gap").asText("PT0S")));
    }

    private static Instant time(JsonNode turn, String member) {
        return Timestamps.ofIso(turn.path(member).asText()).orElse(Instant.EPOCH);
    }

    /// Returns the values of the page's template.
    public static Map<String, Object> model(Snapshot snapshot, Turns turns, DeadLetters.Count letters) {
        Map<String, Object> model = new HashMap<>();
        List<FlowRow> flows = flows(snapshot);
        List<ProblemRow> problems = problems(snapshot);
        List<QuotaRow> quotas = quotas(snapshot);
        model.put("turns", turns);
        model.put("letters", letters);
        model.put("flows", flows);
        model.put("waiting", waiting(snapshot));
        model.put("longestWait", Figure.WAIT.of(snapshot));
        model.put("retrying", Figure.WAITING.of(snapshot));
        model.put("delay", Figure.DELAY.of(snapshot));
        model.put("problems", problems);
        model.put("quotas", quotas);
        model.put("circuits", circuits(snapshot));
        model.put("pauses", pauses(snapshot));
        model.put("whatsApp", whatsApp(snapshot));
        model.put("processes", snapshot.processes());
        model.put(
                "partitions",
                snapshot.processes().stream().map(NowPage::partitions).toList());
        model.put(
                "ready",
                snapshot.processes().stream().filter(ProcessState::isReady).count());
        model.put("visitedAt", snapshot.at());
        model.put("isVisited", snapshot.isKnown());
        model.put("figures", figures(snapshot));
        return model;
    }

    static List<FlowRow> flows(Snapshot snapshot) {
        return FlowWait.all(snapshot).stream().map(NowPage::flow).toList();
    }

    static List<String> pauses(Snapshot snapshot) {
        return Stream.of("lull_bridge_pauses", "lull_applications_pauses")
                .flatMap(snapshot::values)
                .filter(sample -> sample.value() > 0)
                .map(NowPage::scope)
                .distinct()
                .sorted()
                .toList();
    }

    static List<FigureRow> figures(Snapshot snapshot) {
        return Stream.of(Figure.values())
                .map(figure -> new FigureRow(figure.name(), figure.title(), figure.unit(), figure.of(snapshot)))
                .toList();
    }

    private static FlowRow flow(FlowWait wait) {
        boolean isTurns = wait.flow().startsWith("lull-turns-");
        String meaning = isTurns ? "Messages to turns" : FLOWS.getOrDefault(wait.flow(), "");
        String heading = switch (wait.flow()) {
            case "lull-archive" -> "The archive is behind";
            case "lull-turn-to-application" -> "An application does not answer";
            default -> isTurns ? "Turns come late" : "A flow waits";
        };
        return new FlowRow(wait.flow(), meaning, heading, wait);
    }

    private static String scope(Sample sample) {
        return sample.label("scope").replace('_', ' ') + " " + sample.label("name") + " (" + sample.label("flow") + ")";
    }

    /// Returns who waits because a record could not be handled yet, the longest first.
    static List<WaitRow> waiting(Snapshot snapshot) {
        return snapshot.processes().stream()
                .flatMap(process -> process.waiting().stream())
                .sorted(Comparator.comparing(ProcessState.Waiting::since))
                .limit(MOST_WAITING)
                .map(one -> new WaitRow(
                        meaning(one.flow()),
                        one.conversation(),
                        one.since(),
                        one.records(),
                        one.attempts(),
                        one.reason()))
                .toList();
    }

    /// Returns how many partitions a process has of each flow, a line for each; one line if it has the same number of
    /// all.
    static List<String> partitions(ProcessState process) {
        Map<String, Long> byFlow = new TreeMap<>();
        process.samples().stream()
                .filter(sample -> sample.name().equals(PARTITIONS) && Double.isFinite(sample.value()))
                .forEach(sample -> byFlow.put(meaning(sample.label("group")), Math.round(sample.value())));
        Set<Long> numbers = Set.copyOf(byFlow.values());
        if (numbers.size() == 1 && byFlow.size() > 1) {
            return List.of(numbers.iterator().next() + " in each of " + byFlow.size() + " flows");
        }
        return byFlow.entrySet().stream()
                .map(flow -> flow.getValue() + " " + flow.getKey())
                .toList();
    }

    private static String meaning(String group) {
        return group.startsWith("lull-turns-")
                ? "Messages to turns of " + group.substring("lull-turns-".length())
                : FLOWS.getOrDefault(group, group);
    }

    static List<ProblemRow> problems(Snapshot snapshot) {
        List<ProblemRow> rows = new ArrayList<>();
        for (ProcessState process : snapshot.processes()) {
            String name = process.name() + " at " + process.address();
            String problem = process.problem();
            if (problem != null) {
                rows.add(new ProblemRow(
                        name, "process", "", problem, snapshot.lasting(Watch.unknown(process.address()))));
            }
            for (String each : process.problems()) {
                rows.add(new ProblemRow(
                        name,
                        "not ready",
                        "",
                        each,
                        snapshot.lasting(Watch.problem(process.name(), Watch.name(each)))));
            }
            for (ProcessState.Degraded each : process.degraded()) {
                rows.add(new ProblemRow(
                        name,
                        each.part(),
                        each.scope().equals(each.part()) ? "" : each.scope(),
                        each.cause(),
                        snapshot.lasting(Watch.problem(process.name(), each.part() + " " + each.scope()))));
            }
        }
        return rows;
    }

    static List<ProblemRow> circuits(Snapshot snapshot) {
        return Stream.of("lull_bridge_connect_circuit", "lull_applications_circuit_open")
                .flatMap(snapshot::values)
                .filter(sample -> sample.value() > 0)
                .map(sample -> new ProblemRow(
                        sample.label("destination").isEmpty() ? "Amazon Connect" : "application",
                        sample.label("operation") + sample.label("destination"),
                        sample.label("region"),
                        "",
                        snapshot.lasting(Watch.circuit(sample))))
                .distinct()
                .toList();
    }

    /// Operations with a limit, and those without one that were called.
    static List<QuotaRow> quotas(Snapshot snapshot) {
        List<QuotaRow> rows = new ArrayList<>(snapshot.values("lull_bridge_connect_pace")
                .map(sample -> List.of(sample.label("region"), sample.label("operation")))
                .distinct()
                .map(key -> quota(snapshot, key.getFirst(), key.getLast()))
                .toList());
        Set<String> limited = rows.stream().map(QuotaRow::operation).collect(Collectors.toSet());
        snapshot.values(CONNECT_CALLS)
                .map(sample -> sample.label("operation"))
                .distinct()
                .filter(operation -> !limited.contains(operation))
                .forEach(operation ->
                        rows.add(new QuotaRow("", operation, calls(snapshot, operation), Double.NaN, false)));
        rows.sort((one, other) -> one.operation().compareTo(other.operation()));
        return rows;
    }

    private static double calls(Snapshot snapshot, String operation) {
        return snapshot.rate(CONNECT_CALLS, sample -> sample.label("operation").equals(operation));
    }

    private static QuotaRow quota(Snapshot snapshot, String region, String operation) {
        return new QuotaRow(
                region,
                operation,
                calls(snapshot, operation),
                snapshot.sum(
                        "lull_bridge_connect_pace",
                        sample -> sample.label("operation").equals(operation)
                                && sample.label("region").equals(region)),
                snapshot.max(
                                "lull_bridge_connect_circuit",
                                sample -> sample.label("operation").equals(operation)
                                        && sample.label("region").equals(region))
                        > 0);
    }

    /// Calls of WhatsApp per second, by result.
    private static Map<String, Double> whatsApp(Snapshot snapshot) {
        Map<String, Double> byResult = new TreeMap<>();
        snapshot.rates().stream()
                .filter(sample -> sample.name().equals("lull_bridge_whatsapp_calls_seconds_count"))
                .forEach(sample -> byResult.merge(sample.label("result"), sample.value(), Double::sum));
        return byResult;
    }
}
