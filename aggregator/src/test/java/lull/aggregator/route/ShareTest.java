package lull.aggregator.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.contract.ConversationKey;
import lull.contract.message.Route;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShareTest {

    private static final int MANY = 20_000;
    private static final int PARTITIONS = 16;

    private static final List<String> CONVERSATIONS = IntStream.range(0, MANY)
            .mapToObj(i -> new ConversationKey("100000000000001", Long.toString(15_550_000_000L + i)).toString())
            .toList();

    /// Another number here would move conversations between destinations when a version is installed.
    @ParameterizedTest
    @CsvSource({
        "assistant-10, 100000000000001|15550001001, 5163",
    })
    void thePlaceOfAConversationNeverChanges(String name, String conversation, int place) {
        assertThat(Share.place(name, conversation)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 10, 50, 99.9})
    void takesAboutAsManyConversationsAsItsShare(double share) {
        assertThat(taken("pilot", share).size() * 100.0 / MANY)
                .isBetween(share - deviation(share, MANY), share + deviation(share, MANY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "a", "rest-of-all"})
    void takesAsManyOfEachPartition(String name) {
        Set<String> taken = taken(name, 20);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int it = partition;
            List<String> there = CONVERSATIONS.stream()
                    .filter(conversation -> BuiltInPartitioner.partitionForKey(
                                    conversation.getBytes(StandardCharsets.UTF_8), PARTITIONS)
                            == it)
                    .toList();

            double percent = there.stream().filter(taken::contains).count() * 100.0 / there.size();

            assertThat(percent)
                    .as("share of partition %s", partition)
                    .isBetween(20 - deviation(20, there.size()), 20 + deviation(20, there.size()));
        }
    }

    @Test
    void aLargerShareTakesMoreAndLetsNoneGo() {
        List<Double> shares = List.of(0.0, 0.01, 1.0, 10.0, 20.0, 33.33, 50.0, 99.99, 100.0);
        Set<String> before = Set.of();
        for (double share : shares) {
            Set<String> taken = taken("pilot", share);
            // AssertJ's containsAll looks at each element of the one for each of the other.
            assertThat(taken.containsAll(before)).as("%s %%", share).isTrue();
            before = taken;
        }
        assertThat(taken("pilot", 0)).isEmpty();
        assertThat(taken("pilot", 100)).hasSize(MANY);
    }

    @Test
    void theSharesOfTwoRulesAreIndependent() {
        Set<String> both = new HashSet<>(taken("pilot", 50));
        both.retainAll(taken("trial", 50));

        assertThat(both.size() * 100.0 / MANY).isBetween(25 - deviation(25, MANY), 25 + deviation(25, MANY));
    }

    private static Set<String> taken(String name, double share) {
        Route rule = new Route(name, null, null, share, "bot");
        return CONVERSATIONS.stream()
                .filter(conversation -> Share.takes(rule, conversation))
                .collect(Collectors.toSet());
    }

    /// Five standard deviations of a share among so many, in percent: the conversations are always the same,
    /// so this fails always or never.
    private static double deviation(double share, int among) {
        return 5 * Math.sqrt(share * (100 - share) / among);
    }
}
