package lull.aggregator.turn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Score;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.TextShape;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.GapRule;
import lull.contract.message.Message;
import lull.contract.message.Source;
import org.junit.jupiter.api.Test;

/// What a partition has learned of its business numbers, as other threads see it.
final class GapKeeperTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final GapRule ADAPTIVE = new GapRule(GapRule.Policy.ADAPTIVE, null, Duration.ofSeconds(2), null);
    private static final long START = 1_764_300_000_000L;
    private static final int NUMBERS = 10_000;

    private final MapStore turns = new MapStore();
    private final MapStore duplicates = new MapStore();
    private final InputPolicy policy =
            InputPolicy.of(TurnPolicy.ofGap(TEN_SECONDS).with(ADAPTIVE));
    private final PartitionTurns partition =
            new PartitionTurns(policy, turns, duplicates, new TurnWriter("t", 0, policy), new MemoryBudget(1_000_000));

    @Test
    void aMessageChangesTheScoreOfItsNumberAndCopiesNoOther() {
        byte[] learned = learned();
        for (int number = 0; number < NUMBERS; number++) {
            duplicates.put("business~" + number, learned);
        }
        partition.restore();
        GapState state = partition.gaps();
        Map<String, Score> before = Map.copyOf(state.scores());
        assertThat(before).hasSize(NUMBERS);

        says("17|alice", START);
        partition.answer(START + 5_000, "17|alice", START + 5_000);

        Map<String, Score> after = state.scores();
        assertThat(after).hasSize(NUMBERS);
        assertThat(requireNonNull(after.get("17")).turns())
                .isGreaterThan(requireNonNull(before.get("17")).turns());
        assertThat(after.entrySet())
                .filteredOn(each -> !each.getKey().equals("17"))
                .allSatisfy(each -> assertThat(each.getValue()).isSameAs(before.get(each.getKey())));
        assertThat(partition.gaps().scores().get("17")).isSameAs(after.get("17"));
        partition.restore();
        assertThat(partition.gaps().scores()).isEqualTo(after);
    }

    @Test
    void aNumberOfWhichNothingIsKnownHasNoScore() {
        partition.restore();
        says("17|alice", START);
        assertThat(partition.gaps().scores()).isEmpty();

        partition.answer(START + 5_000, "17|alice", START + 5_000);
        assertThat(partition.gaps().scores()).containsOnlyKeys("17");
    }

    /// Earlier versions had the sender of an open turn in the other store.
    @Test
    void aTurnThatAnEarlierVersionOpenedIsJudgedByItsStoredSender() {
        partition.restore();
        says("17|alice", START);
        says("17|alice", START + 1_000);
        byte[] adapted = requireNonNull(turns.get("17|alice"));
        MapStore earlierTurns = new MapStore();
        MapStore earlierDuplicates = new MapStore();
        turns.forEach(earlierTurns::put);
        duplicates.forEach(earlierDuplicates::put);
        earlierTurns.put("17|alice", withoutSender(adapted));
        earlierDuplicates.put(
                "sender~17|alice", requireNonNull(OpenTurn.of(adapted).sender()));
        PartitionTurns earlier = new PartitionTurns(
                policy, earlierTurns, earlierDuplicates, new TurnWriter("t", 0, policy), new MemoryBudget(1_000_000));
        earlier.restore();

        for (PartitionTurns each : List.of(partition, earlier)) {
            says(each, "17|alice", START + 2_000);
        }

        assertThat(earlierTurns.get("17|alice")).isEqualTo(turns.get("17|alice"));
        assertThat(untilItEnds(earlier).turn()).isEqualTo(untilItEnds(partition).turn());
        assertThat(earlierDuplicates.get("sender~17|alice"))
                .isEqualTo(duplicates.get("sender~17|alice"))
                .isNotNull();
    }

    @Test
    void whatIsKnownOfASenderIsWrittenWithTheTurnAndOnceMoreWhenItEnds() {
        partition.restore();
        says("17|alice", START);
        says("17|alice", START + 1_000);
        assertThat(duplicates.get("sender~17|alice")).isNull();

        partition.answer(START + 1_500, "17|alice", START + 1_500);
        byte[] answered = OpenTurn.of(requireNonNull(turns.get("17|alice"))).sender();
        assertThat(duplicates.get("sender~17|alice")).isNull();
        untilItEnds(partition);

        assertThat(turns.get("17|alice")).isNull();
        assertThat(duplicates.get("sender~17|alice")).isEqualTo(answered).isNotNull();
        partition.answer(partition.now(), "17|alice", partition.now());
        assertThat(duplicates.get("sender~17|alice")).isNotEqualTo(answered);
    }

    /// Ticks every second until a turn ends.
    private static TurnEvent.Closed untilItEnds(PartitionTurns partition) {
        for (long at = START + 3_000; at < START + 60_000; at += 1_000) {
            for (TurnEvent event : partition.tick(at)) {
                if (event instanceof TurnEvent.Closed closed) {
                    return closed;
                }
            }
        }
        throw new AssertionError("The turn does not end");
    }

    /// Returns an open turn as the version before wrote it.
    private static byte[] withoutSender(byte[] turn) {
        int head = OpenTurn.open(0, 0, new byte[0], 0, 0, 0, 0, null).toBytes().length - 28;
        byte[] shorter = Arrays.copyOf(turn, turn.length - Sender.BYTES);
        System.arraycopy(turn, head + Sender.BYTES, shorter, head, shorter.length - head);
        shorter[0] = 2;
        return shorter;
    }

    /// What is known of a business number after ten turns.
    private static byte[] learned() {
        GapModel model = GapModel.shipped();
        AdaptiveGap gap = new AdaptiveGap(model, AdaptiveGap.Options.like(TEN_SECONDS, ADAPTIVE.floor(), model));
        Sender sender = new Sender();
        Business business = new Business();
        for (int turn = 0; turn < 10; turn++) {
            gap.wrote(sender, business, turn * 100_000L, TextShape.of("hello"));
            gap.answered(sender, business, turn * 100_000L + 20_000);
        }
        return business.toBytes();
    }

    private void says(String conversation, long at) {
        says(partition, conversation, at);
    }

    private static void says(PartitionTurns partition, String conversation, long at) {
        ConversationKey key = ConversationKey.parse(conversation);
        ObjectNode raw = Json.object().put("id", "wamid." + at).put("type", "text");
        raw.putObject("text").put("body", "hello");
        Message message = new Message(
                "wamid." + at,
                key,
                Instant.ofEpochMilli(at),
                new Source("meta", "default"),
                new lull.contract.Business(key.businessNumber(), "15550000001", "1"),
                new Customer(null, key.customer(), null),
                null,
                raw);
        partition.message(conversation, 0, at, ParsedMessage.of(message), Json.bytes(message), false);
    }
}
