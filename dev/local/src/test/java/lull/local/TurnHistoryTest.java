package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.message.Tick;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// What checks histories must itself be able to fail.
final class TurnHistoryTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration LENIENCE = Duration.ofMillis(500);
    private static final List<Bursts.Burst> BURSTS =
            List.of(new Bursts.Burst("ann", List.of("a", "b")), new Bursts.Burst("ann", List.of("c")));

    private final List<ConsumerRecord<String, byte[]>> log = new ArrayList<>();

    TurnHistoryTest() {
        append(0, message("a", 0));
        append(500, message("b", 500));
        append(1_501, Tick.CLOSING);
        append(3_000, message("c", 3_000));
        append(4_001, Tick.CLOSING);
    }

    @Test
    void findsNothingWrongWithAHistoryThatIsExact() {
        TurnHistory history = history(turn(0, "a", "b"), turn(3, "c"));

        history.isExact(BURSTS);

        assertThat(history.split(BURSTS, LENIENCE)).isEmpty();
    }

    @Test
    void findsATurnThatIsMissing() {
        assertThatThrownBy(() -> history(turn(0, "a", "b")).isExact(BURSTS)).hasMessageContaining("messages of turns");
    }

    @Test
    void findsATurnThatCameTwice() {
        assertThatThrownBy(() -> history(turn(0, "a", "b"), turn(0, "a", "b"), turn(3, "c"))
                        .isExact(BURSTS))
                .hasMessageContaining("turns");
    }

    @Test
    void findsATurnThatWasSplit() {
        TurnHistory history = history(turn(0, "a"), turn(1, "b"), turn(3, "c"));

        assertThatThrownBy(() -> history.isExact(BURSTS)).isInstanceOf(AssertionError.class);
        assertThat(history.split(BURSTS, LENIENCE))
                .singleElement()
                .satisfies(split -> assertThat(split.exception()).isEmpty());
    }

    @Test
    void excusesASplitByAHoleThatEndedCloseBehindTheDeadline() {
        assertThat(exceptionOfSplit(1_400, 1_450, 700))
                .contains("the hole ended less than the limit after the deadline");
    }

    @Test
    void excusesASplitByAnIngressThatFoundTheBrokerTooLate() {
        assertThat(exceptionOfSplit(2_000, 3_600, 700))
                .contains("the ingress found the broker later than the turns settle");
    }

    @Test
    void excusesASplitByAMessageThatWasAppendedWhileTheIngressWaited() {
        assertThat(exceptionOfSplit(2_000, message("c", 1_990), 3_600, 700))
                .contains("another message was appended while the ingress waited for acknowledgements");
        assertThat(exceptionOfSplit(2_000, Tick.PROBE, 3_600, 700)).isEmpty();
    }

    @Test
    void excusesNoSplitOfWhatWasAppendedAtOnceOrAfterAHoleInTime() {
        assertThat(exceptionOfSplit(1_400, 1_450, 1_000)).isEmpty();
        assertThat(exceptionOfSplit(2_000, 2_100, 700)).isEmpty();
    }

    /// The exception of a burst of `a`, appended at 0, and `b`, with the tick between them that closed the turn.
    private Optional<String> exceptionOfSplit(long tickAt, long appendedAt, long receivedAt) {
        return exceptionOfSplit(tickAt, Tick.CLOSING, appendedAt, receivedAt);
    }

    private Optional<String> exceptionOfSplit(long betweenAt, InputRecord between, long appendedAt, long receivedAt) {
        log.clear();
        append(0, message("a", 0));
        append(betweenAt, between);
        append(appendedAt, message("b", receivedAt));
        List<TurnHistory.Split> splits = history(turn(0, "a"), turn(2, "b"))
                .split(List.of(new Bursts.Burst("ann", List.of("a", "b"))), LENIENCE);
        assertThat(splits).hasSize(1);
        return splits.getFirst().exception();
    }

    @Test
    void asksForNothingOfABurstThatWasReceivedTooSlowly() {
        TurnHistory history = history(turn(0, "a", "b"), turn(3, "c"));

        assertThat(history.received(BURSTS, Duration.ofMillis(501))).isEqualTo(BURSTS);
        assertThat(history.received(BURSTS, Duration.ofMillis(500))).containsExactly(BURSTS.getLast());
    }

    @Test
    void findsTurnsThatWereSwapped() {
        assertThatThrownBy(() -> history(turn(3, "c"), turn(0, "a", "b")).isExact(BURSTS))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsThatSomethingAcceptedIsNotInTheLog() {
        List<Bursts.Burst> more = List.of(BURSTS.getFirst(), new Bursts.Burst("ann", List.of("c", "d")));

        assertThatThrownBy(() -> history(turn(0, "a", "b"), turn(3, "c")).isExact(more))
                .hasMessageContaining("messages of the log");
    }

    private TurnHistory history(Turn... turns) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (Turn turn : turns) {
            records.add(new ConsumerRecord<>("turns", 0, records.size(), "", Json.bytes(turn)));
        }
        return new TurnHistory(log, records, InputPolicy.of(TurnPolicy.ofGap(GAP)));
    }

    private void append(long at, InputRecord record) {
        byte[] value = Json.bytes(record);
        log.add(new ConsumerRecord<>(
                "log",
                0,
                log.size(),
                START.toEpochMilli() + at,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                "",
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private static Message message(String id, long receivedAt) {
        try {
            return new Message(
                    id,
                    new ConversationKey("1", "ann"),
                    START.plusMillis(receivedAt),
                    new Source("meta", "default"),
                    new Business("1", null, null),
                    new Customer(null, "ann", null),
                    null,
                    Json.tree("{\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}".getBytes(StandardCharsets.UTF_8)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private static Turn turn(long firstOffset, String... ids) {
        List<TurnItem> items = new ArrayList<>();
        for (String id : ids) {
            Message message = message(id, 0);
            TurnMessage part = new TurnMessage(id, START, message.customer(), message.raw());
            items.add(new TurnItem(ContentKind.TEXT, "Hello", List.of(part)));
        }
        Message first = message(ids[0], 0);
        return new Turn(
                Topics.MESSAGE_RECEIVED.name() + "-0-" + firstOffset,
                first.id(),
                first.conversation(),
                first.business(),
                first.customer(),
                TurnCause.GAP,
                GAP,
                true,
                START,
                START,
                items);
    }
}
