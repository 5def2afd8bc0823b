package lull.local;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnOracle;
import lull.aggregator.turn.TurnOracle.Expected;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Tick;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What the input topic and the turns' topic tell together when all is over, as a reader of committed records
/// sees them: the log as it was written, which is given to an oracle, and the turns that the aggregator made
/// of it.
final class TurnHistory {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Map<Integer, TurnOracle> oracles = new TreeMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, Instant> received = new HashMap<>();
    private final Map<String, Appended> appended = new HashMap<>();
    private final Map<Integer, List<Appended>> logs = new TreeMap<>();
    private final InputPolicy policy;
    private final List<Turn> turns;

    /// A record of the log.
    ///
    /// @param index which of its partition, from 0
    /// @param at when it was appended, in milliseconds
    /// @param message null for a tick
    /// @param isProbe whether it ends no turn
    private record Appended(
            int partition, int index, long at, @Nullable Message message, boolean isProbe) {}

    /// A burst that came out in more than one turn.
    ///
    /// @param places of each message where it is in the log and in which turn
    /// @param log what the log held from its first message to its last
    /// @param exception which of the exceptions that the design names it is shown to be; empty if it is none
    record Split(List<String> places, String log, Optional<String> exception) {}

    TurnHistory(
            List<ConsumerRecord<String, byte[]>> log, List<ConsumerRecord<String, byte[]>> turns, InputPolicy policy) {
        this.policy = policy;
        for (ConsumerRecord<String, byte[]> record : log) {
            InputRecord input = read(record, InputRecord.class);
            if (input instanceof Message message) {
                String place = "appended %d, received %d before, partition %d, offset %d"
                        .formatted(
                                record.timestamp(),
                                record.timestamp() - message.receivedAt().toEpochMilli(),
                                record.partition(),
                                record.offset());
                written.putIfAbsent(message.id(), place);
                received.putIfAbsent(message.id(), message.receivedAt());
            }
            List<Appended> ofPartition = logs.computeIfAbsent(record.partition(), _ -> new ArrayList<>());
            Appended entry = new Appended(
                    record.partition(),
                    ofPartition.size(),
                    record.timestamp(),
                    input instanceof Message message ? message : null,
                    input instanceof Tick tick && !tick.endsTurns());
            ofPartition.add(entry);
            if (input instanceof Message message) {
                appended.putIfAbsent(message.id(), entry);
            }
            oracles.computeIfAbsent(record.partition(), _ -> new TurnOracle(policy))
                    .read(record.offset(), record.timestamp(), input, record.value().length, false);
        }
        this.turns = turns.stream().map(record -> read(record, Turn.class)).toList();
    }

    /// Waits until every turn of the log has ended, and checks that what came out is exact: nothing that was
    /// accepted is missing, nothing came twice, and the turns are the oracle's, in its order.
    ///
    /// @param bursts all that was accepted
    static TurnHistory awaitExact(String bootstrapServers, InputPolicy policy, List<Bursts.Burst> bursts) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> read(bootstrapServers, policy).isExact(bursts));
        return read(bootstrapServers, policy);
    }

    /// The same without the turns' order.
    static TurnHistory awaitExactButForOrder(String bootstrapServers, InputPolicy policy, List<Bursts.Burst> bursts) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> read(bootstrapServers, policy).isExactButForOrder(bursts));
        return read(bootstrapServers, policy);
    }

    /// The bursts that must come out whole: those whose messages were received less than so much apart. On a
    /// machine that stood still for a while, a burst may have become two.
    List<Bursts.Burst> received(List<Bursts.Burst> bursts, Duration apart) {
        return bursts.stream().filter(burst -> isReceived(burst, apart)).toList();
    }

    private boolean isReceived(Bursts.Burst burst, Duration apart) {
        List<Instant> times = burst.ids().stream().map(received::get).sorted().toList();
        return IntStream.range(1, times.size())
                .allMatch(i -> Duration.between(times.get(i - 1), times.get(i)).compareTo(apart) < 0);
    }

    /// The bursts that came out in more than one turn.
    ///
    /// @param lenience only messages that are appended later than this after they were received may be split
    List<Split> split(List<Bursts.Burst> bursts, Duration lenience) {
        Map<String, String> turnOf = new HashMap<>();
        turns.forEach(turn -> turn.messageIds().forEach(id -> turnOf.put(id, turn.id())));
        return bursts.stream()
                .filter(burst ->
                        burst.ids().stream().map(turnOf::get).distinct().count() > 1)
                .map(burst -> new Split(
                        burst.ids().stream()
                                .map(id -> id + " " + written.get(id) + ", in " + turnOf.get(id))
                                .toList(),
                        log(burst),
                        exception(burst, turnOf, lenience)))
                .toList();
    }

    /// The append times of a burst's part of the log, with `M` before a message, `P` before a probe and `T` before a
    /// tick.
    private String log(Bursts.Burst burst) {
        List<Appended> messages = burst.ids().stream()
                .map(appended::get)
                .sorted(Comparator.comparingInt(Appended::index))
                .toList();
        List<Appended> log = Objects.requireNonNull(logs.get(messages.getFirst().partition()));
        return log.subList(messages.getFirst().index(), messages.getLast().index() + 1).stream()
                .map(record -> (record.message() != null ? "M" : record.isProbe() ? "P" : "T") + record.at())
                .collect(joining(" "));
    }

    /// Shows that each place at which a burst was split is one of the exceptions that the design names.
    private Optional<String> exception(Bursts.Burst burst, Map<String, String> turnOf, Duration lenience) {
        List<Appended> messages = burst.ids().stream()
                .map(appended::get)
                .sorted(Comparator.comparingInt(Appended::index))
                .toList();
        Optional<String> exception = Optional.empty();
        for (int i = 1; i < messages.size(); i++) {
            if (!Objects.equals(turnOf.get(id(messages.get(i - 1))), turnOf.get(id(messages.get(i))))) {
                exception = exception(messages.get(i - 1), messages.get(i), lenience);
                if (exception.isEmpty()) {
                    return exception;
                }
            }
        }
        return exception;
    }

    private Optional<String> exception(Appended before, Appended after, Duration lenience) {
        Message message = Objects.requireNonNull(after.message());
        if (after.at() - message.receivedAt().toEpochMilli() <= lenience.toMillis()) {
            return Optional.empty();
        }
        List<Appended> log = Objects.requireNonNull(logs.get(after.partition()));
        long deadline = before.at()
                + policy.of(message.conversation().businessNumber()).gap().toMillis();
        long limit = policy.hole().limit().toMillis();
        Appended closing = log.stream()
                .skip(before.index())
                .filter(record -> record.at() > deadline && !record.isProbe())
                .findFirst()
                .orElseThrow();
        Appended previous = log.subList(0, closing.index()).reversed().stream()
                .filter(record -> !record.isProbe())
                .findFirst()
                .orElseThrow();
        if (closing.message() != null && closing.index() != after.index()) {
            return Optional.of("another message was appended while the ingress waited for acknowledgements");
        }
        boolean isAfterHole = closing.at() - previous.at() > limit;
        if (isAfterHole && closing.at() - deadline <= limit) {
            return Optional.of("the hole ended less than the limit after the deadline");
        }
        long settled = closing.at() + policy.hole().settle().toMillis();
        boolean wasIngressLate = log.stream()
                .skip(closing.index())
                .filter(record -> record.message() != null)
                .findFirst()
                .filter(first -> first.at() > settled)
                .isPresent();
        return isAfterHole && wasIngressLate
                ? Optional.of("the ingress found the broker later than the turns settle")
                : Optional.empty();
    }

    private static String id(Appended record) {
        return Objects.requireNonNull(record.message()).id();
    }

    /// How many turns there are.
    int turns() {
        return turns.size();
    }

    private static TurnHistory read(String bootstrapServers, InputPolicy policy) {
        return new TurnHistory(
                records(bootstrapServers, Topics.MESSAGE_RECEIVED.name()),
                records(bootstrapServers, Topics.TURN_CLOSED.name()),
                policy);
    }

    private static List<ConsumerRecord<String, byte[]>> records(String bootstrapServers, String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, List.of(topic))) {
            return reader.next();
        }
    }

    /// Throws where the history is not exact: see [#awaitExact(String, InputPolicy, List)].
    void isExact(List<Bursts.Burst> bursts) {
        isExactButForOrder(bursts);
        assertThat(madeByPartition()).isEqualTo(expectedByPartition());
    }

    private void isExactButForOrder(List<Bursts.Burst> bursts) {
        List<String> accepted =
                bursts.stream().flatMap(burst -> burst.ids().stream()).toList();
        assertThat(written.keySet()).as("messages of the log").containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(oracles.values().stream().mapToInt(TurnOracle::open).sum())
                .as("turns that the log leaves open")
                .isZero();
        assertThat(turns.stream().map(Turn::id)).as("turns").doesNotHaveDuplicates();
        assertThat(turns.stream().flatMap(turn -> turn.messageIds().stream()))
                .as("messages of turns")
                .containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(madeByPartition().values().stream().flatMap(List::stream))
                .as("turns with their messages")
                .containsExactlyInAnyOrderElementsOf(expectedByPartition().values().stream()
                        .flatMap(List::stream)
                        .toList());
    }

    private Map<Integer, List<String>> madeByPartition() {
        return turns.stream()
                .collect(groupingBy(
                        TurnHistory::partition,
                        TreeMap::new,
                        mapping(
                                turn -> described(
                                        turn.id(), turn.conversation() + " " + turn.cause(), turn.messageIds()),
                                toList())));
    }

    private Map<Integer, List<String>> expectedByPartition() {
        return oracles.entrySet().stream()
                .filter(oracle -> !oracle.getValue().closed().isEmpty())
                .collect(toMap(
                        Map.Entry::getKey,
                        oracle -> oracle.getValue().closed().stream()
                                .map(turn -> described(oracle.getKey(), turn))
                                .toList(),
                        (one, _) -> one,
                        TreeMap::new));
    }

    private static String described(int partition, Expected turn) {
        String id = Topics.MESSAGE_RECEIVED.name() + "-" + partition + "-" + turn.firstOffset();
        return described(id, turn.conversation() + " " + turn.cause(), turn.ids());
    }

    /// Ids are sorted: a turn has them in the customer's order, and the oracle in that of the log.
    private static String described(String id, String what, List<String> ids) {
        return id + " " + what + " " + ids.stream().sorted().toList();
    }

    private static int partition(Turn turn) {
        String[] parts = turn.id().split("-", -1);
        return Integer.parseInt(parts[parts.length - 2]);
    }

    private static <T> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Json.read(record.value(), type);
        } catch (UnreadableJson e) {
            throw new AssertionError(record.topic() + " has an unreadable record at " + record.offset(), e);
        }
    }
}
