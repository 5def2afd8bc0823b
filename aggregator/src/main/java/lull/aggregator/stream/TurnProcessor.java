package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.inforce.RoutesByPartition;
import lull.aggregator.turn.InputEvent;
import lull.aggregator.turn.InputReader;
import lull.aggregator.turn.MemoryBudget;
import lull.aggregator.turn.OpenTurn;
import lull.aggregator.turn.ParsedMessage;
import lull.aggregator.turn.PartitionTurns;
import lull.aggregator.turn.TurnEvent;
import lull.aggregator.turn.TurnWriter;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topic;
import lull.contract.trace.TraceParent;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnRoute;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processor of Kafka Streams that applies [PartitionTurns] to the records of one partition, forwards
/// turns and dead letters, and notifies the timer when the next turn is due. One stream thread
/// calls it; nothing else may touch its state.
final class TurnProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(TurnProcessor.class);

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final TurnTopology.Options options;
    private final TickTimer timer;
    private final AggregatorMetrics metrics;
    private final GapsByPartition gaps;
    private final RoutesByPartition routes;
    private final Tracing tracing;
    private final MemoryBudget memory;
    private final CommitPace pace;

    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PartitionTurns turns;
    private int partition;

    TurnProcessor(TurnTopology.Options options, TurnTopology.Parts parts) {
        this.options = options;
        this.timer = parts.timer();
        this.metrics = parts.metrics();
        this.gaps = parts.gaps();
        this.routes = parts.routes();
        this.tracing = parts.tracing();
        this.memory = parts.memory();
        this.pace = parts.pace();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        partition = context.taskId().partition();
        PartitionTurns turns = new PartitionTurns(
                options.policy(),
                new KafkaTurnStore(context.getStateStore(TurnTopology.OPEN_TURNS)),
                new KafkaTurnStore(context.getStateStore(TurnTopology.DUPLICATES)),
                new TurnWriter(options.input(), partition, options.policy()),
                memory);
        turns.restore();
        turns.gaps()
                .models()
                .problem()
                .ifPresent(problem -> log.atWarn()
                        .addKeyValue("why", problem)
                        .log(
                                "The stored model of the adaptive gap cannot be used, so the one that Lull ships is in force:"
                                        + " set a model again"));
        this.turns = turns;
        gaps.set(partition, turns.gaps());
        routes.set(partition, turns.routes());
        DuplicatesSweep sweep = new DuplicatesSweep(context.getStateStore(TurnTopology.DUPLICATES));
        context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, _ -> sweep.slice(turns.now()));
        metrics.open(partition, turns.open());
        // It is unknown how much time has passed since the last record was handled, so the log is
        // probed at once.
        if (turns.open() > 0) {
            timer.due(partition, 0);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = requireNonNull(context).recordMetadata().orElseThrow().offset();
        InputEvent read;
        try {
            read = InputReader.read(record.key(), record.value());
        } catch (UnreadableJson e) {
            deadLetter(record, offset, DeadLetterReason.UNREADABLE, String.valueOf(e.getMessage()));
            return;
        }
        handle(record, offset, read);
    }

    @Override
    public void close() {
        timer.released(partition);
        metrics.released(partition);
        gaps.released(partition);
        routes.released(partition);
        if (turns != null) {
            turns.release();
        }
    }

    private void handle(Record<byte[], byte[]> record, long offset, InputEvent arrival) {
        PartitionTurns turns = requireNonNull(this.turns);
        List<TurnEvent> events = switch (arrival) {
            case ParsedMessage message ->
                turns.message(
                        message.conversation().toString(),
                        offset,
                        record.timestamp(),
                        message,
                        record.value(),
                        record.headers().lastHeader(DeadLetterHeaders.REPLAYED) != null);
            case InputEvent.Ticked(boolean endsTurns)
            when endsTurns -> {
                timer.read(partition);
                yield turns.tick(record.timestamp());
            }
            case InputEvent.Ticked _ -> {
                turns.probe(record.timestamp());
                yield List.of();
            }
            case InputEvent.GapChanged(GapSetting setting) -> {
                List<TurnEvent> changed = turns.setting(record.timestamp(), setting);
                gaps.set(partition, turns.gaps());
                yield changed;
            }
            case InputEvent.Answered(Answer answer) ->
                turns.answer(
                        record.timestamp(),
                        answer.conversation().toString(),
                        answer.sentAt().toEpochMilli());
            case InputEvent.Erased(Erasure erasure) ->
                turns.erase(record.timestamp(), erasure.conversation().toString());
            case InputEvent.RuleChanged(GapRuleSetting setting) -> {
                List<TurnEvent> changed = turns.setting(record.timestamp(), setting);
                gaps.set(partition, turns.gaps());
                yield changed;
            }
            case InputEvent.ModelChanged(GapModel model) -> {
                List<TurnEvent> changed = turns.model(record.timestamp(), model);
                gaps.set(partition, turns.gaps());
                yield changed;
            }
            case InputEvent.RoutesChanged(RouteSetting setting) -> {
                List<TurnEvent> changed = turns.setting(record.timestamp(), setting);
                routes.set(partition, turns.routes());
                yield changed;
            }
        };
        for (TurnEvent event : events) {
            tell(event, record.timestamp());
        }
        OptionalLong due = turns.dueIn();
        if (due.isPresent()) {
            timer.due(partition, due.getAsLong());
        } else {
            timer.nothingDue(partition);
        }
        metrics.open(partition, turns.open());
    }

    private void deadLetter(Record<byte[], byte[]> record, long offset, DeadLetterReason reason, String message) {
        metrics.deadLetter(reason.word());
        log.atWarn()
                .addKeyValue("topic", options.input())
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .addKeyValue("reason", reason.word())
                .addKeyValue("error", message)
                .log("The record is now a dead letter");
        DeadLetter.Place place = new DeadLetter.Place(options.input(), partition, offset);
        requireNonNull(context).forward(DeadLetter.of(record, place, reason, message), TurnTopology.DEAD_LETTERS);
    }

    private void tell(TurnEvent event, long append) {
        switch (event) {
            case TurnEvent.Closed closed -> {
                forward(closed);
                pace.forwarded(requireNonNull(context), append);
            }
            case TurnEvent.Unwritable(String conversation, OpenTurn was, String reason) ->
                deadLetters(conversation, was, reason);
            case TurnEvent.Expected(Turn turn, long now) -> {
                expect(turn, now);
                pace.forwarded(requireNonNull(context), append);
            }
            case TurnEvent.Duplicate _ -> metrics.duplicate();
            case TurnEvent.JoinedLate _ -> metrics.joinedLate();
            case TurnEvent.Hole _ -> metrics.hole();
            case TurnEvent.Cut _ -> metrics.cut();
            case TurnEvent.Judged(GapDecision.By by, Duration wait) -> metrics.judged(by, wait);
            case TurnEvent.Misrouted(String rule, String destination) -> misrouted(rule, destination);
        }
    }

    /// Tells a destination of an open turn. One that is too large for a record is not told: it may still end otherwise.
    private void expect(Turn turn, long now) {
        try {
            byte[] value = Json.bytes(turn);
            if (value.length <= Topic.MAX_VALUE_BYTES) {
                byte[] key = turn.conversation().toString().getBytes(StandardCharsets.UTF_8);
                metrics.expected();
                requireNonNull(context)
                        .forward(new Record<>(key, value, now, new RecordHeaders()), TurnTopology.EXPECTED_TURNS);
            }
        } catch (UncheckedIOException e) {
            log.atDebug().addKeyValue("error", e.toString()).log("An open turn cannot be written");
        }
    }

    private void misrouted(String rule, String destination) {
        metrics.misrouted();
        if (routes.isNews(rule, destination)) {
            log.atWarn()
                    .addKeyValue("topic", options.input())
                    .addKeyValue("route", rule)
                    .addKeyValue("destination", destination)
                    .log("A route leads to a destination that is not configured, so its turns go to Amazon Connect:"
                            + " add the destination to the settings, or change the route");
        }
    }

    /// Checks the size before sending: a record that the producer rejects would fail its transaction
    /// again after every restart.
    private void forward(TurnEvent.Closed closed) {
        String conversation = closed.turn().conversation().toString();
        byte[] value;
        try {
            value = Json.bytes(closed.turn());
        } catch (UncheckedIOException e) {
            deadLetters(conversation, closed.was(), String.valueOf(e.getMessage()));
            return;
        }
        if (value.length > Topic.MAX_VALUE_BYTES) {
            String reason = "A turn of " + value.length + " bytes is larger than a record may be";
            deadLetters(conversation, closed.was(), reason);
            return;
        }
        TurnRoute route = closed.turn().route();
        String destination = route == null ? Route.CONNECT : route.destination();
        metrics.closed(closed.cause(), closed.was(), closed.now());
        metrics.routed(destination);
        trace(closed.turn(), destination);
        byte[] key = conversation.getBytes(StandardCharsets.UTF_8);
        // New headers: those of the current record belong to another sender's message.
        requireNonNull(context)
                .forward(new Record<>(key, value, closed.now(), new RecordHeaders()), TurnTopology.sink(destination));
    }

    /// Records the turn as a span in the trace of its first message. After a crash it may be recorded again.
    private void trace(Turn turn, String destination) {
        List<TraceParent> causes = tracing.isOn() ? turn.causes() : List.of();
        if (!causes.isEmpty()) {
            tracing.beginApart(SpanName.TURN, "", causes, turn.firstReceivedAt())
                    .with(SpanKey.TURN, turn.id())
                    .with(SpanKey.CAUSE, turn.cause().word())
                    .with(SpanKey.COUNT, turn.messageIds().size())
                    .with(SpanKey.DESTINATION, destination)
                    .close();
        }
    }

    /// Writes the messages of a turn that cannot be written to the dead letters.
    private void deadLetters(String conversation, OpenTurn was, String reason) {
        byte[] key = conversation.getBytes(StandardCharsets.UTF_8);
        for (OpenTurn.Frame frame : was.frames()) {
            Record<byte[], byte[]> message =
                    new Record<>(key, frame.bytes(), requireNonNull(turns).now(), new RecordHeaders());
            deadLetter(message, frame.offset(), DeadLetterReason.UNWRITABLE, reason);
        }
    }
}
