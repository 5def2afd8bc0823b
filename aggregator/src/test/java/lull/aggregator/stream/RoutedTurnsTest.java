package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import lull.aggregator.route.RoutingPolicy;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.message.GapRule;
import lull.contract.message.Route;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnRoute;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RoutedTurnsTest {

    private static final Duration GAP = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(6);
    private static final List<String> CUSTOMERS =
            IntStream.range(0, 60).mapToObj(i -> "customer" + i).toList();

    private TurnTopologyTester lull = tester();

    @AfterEach
    void close() {
        lull.close();
    }

    @Test
    void aTurnWithoutARuleGoesToAmazonConnectAndSaysNothingOfRoutes() {
        write("alice");

        String json = new String(lull.turnRecords().getFirst().value(), StandardCharsets.UTF_8);
        assertThat(json).doesNotContain("route").contains("\"items\"");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        restart(
                new Route("other-number", null, "100000000000009", 100, "crm"),
                new Route("shop", "shop", TurnTopologyTester.BUSINESS_NUMBER, 100, "crm"),
                new Route("nobody", null, null, 0, "crm"),
                new Route("all", null, null, 100, "bot"),
                new Route("late", null, null, 100, "crm"));
        write("alice");
        lull.appIs("shop");
        write("bob");

        assertThat(lull.turns()).isEmpty();
        assertThat(lull.turnsTo("bot")).extracting(Turn::route).containsExactly(new TurnRoute("all", "bot"));
        assertThat(lull.turnsTo("crm")).extracting(Turn::route).containsExactly(new TurnRoute("shop", "crm"));
    }

    @Test
    void theAppOfTheLastMessageCounts() {
        restart(new Route("shop", "shop", null, 100, "bot"));
        lull.appIs("shop");
        lull.says("alice", "Hello");
        lull.appIs("other");
        write("alice");

        assertThat(lull.turns()).extracting(Turn::route).containsOnlyNulls().hasSize(1);
        assertThat(lull.turnsTo("bot")).isEmpty();
    }

    @Test
    void aRuleMayKeepTurnsAtAmazonConnect() {
        restart(new Route("vip", null, TurnTopologyTester.BUSINESS_NUMBER, 100, "connect"), all("bot"));
        write("alice");

        assertThat(lull.turns()).extracting(Turn::route).containsExactly(new TurnRoute("vip", "connect"));
        assertThat(lull.turnsTo("bot")).isEmpty();
    }

    @Test
    void aChangeAppliesToTheNextTurnThatEndsAlsoIfItIsOpen() {
        lull.says("alice", "Hello");
        lull.setsRoutes(1, List.of(all("bot")));
        lull.silence(LONG);
        assertThat(lull.turnsTo("bot")).hasSize(1);

        lull.setsRoutes(2, List.of());
        write("alice");
        assertThat(lull.turns()).hasSize(1);
        assertThat(lull.turnsTo("bot")).isEmpty();
    }

    @Test
    void goesBackToTheConfiguredRoutes() {
        restart(all("crm"));
        lull.setsRoutes(1, List.of(all("bot")));
        write("alice");
        lull.setsRoutes(2, null);
        write("alice");

        assertThat(lull.turnsTo("bot")).hasSize(1);
        assertThat(lull.turnsTo("crm")).hasSize(1);
        assertThat(lull.turns()).isEmpty();
        assertThat(lull.counted("lull.turns.routed")).isEqualTo(2);
    }

    @Test
    void aLargerShareMovesNobodyBackAndAShareOfZeroMovesAll() {
        Set<String> before = new HashSet<>();
        long revision = 0;
        for (double share : List.of(10.0, 20.0, 50.0)) {
            lull.setsRoutes(++revision, List.of(new Route("pilot", null, null, share, "bot")));
            CUSTOMERS.forEach(customer -> lull.says(customer, "Hello"));
            lull.silence(LONG);
            List<String> taken = customers(lull.turnsTo("bot"));
            List<String> left = customers(lull.turns());

            assertThat(taken).containsAll(before).doesNotHaveDuplicates();
            assertThat(taken).as("taken by %s %%", share).hasSizeBetween((int) (share * 0.6 / 5), (int)
                    (share * 6 / 5));
            List<String> everybody = new ArrayList<>(taken);
            everybody.addAll(left);
            assertThat(everybody).containsExactlyInAnyOrderElementsOf(CUSTOMERS);
            before.addAll(taken);
        }

        lull.setsRoutes(++revision, List.of(new Route("pilot", null, null, 0, "bot")));
        CUSTOMERS.forEach(customer -> lull.says(customer, "Hello"));
        lull.silence(LONG);
        assertThat(lull.turnsTo("bot")).isEmpty();
        assertThat(lull.turns()).hasSameSizeAs(CUSTOMERS);
    }

    @Test
    void aDestinationThatIsNotConfiguredLosesNothing() {
        lull.setsRoutes(1, List.of(new Route("old", null, null, 100, "gone"), all("bot")));
        write("alice");
        write("alice");

        assertThat(lull.turns())
                .extracting(Turn::route)
                .containsExactly(new TurnRoute("old", "connect"), new TurnRoute("old", "connect"));
        assertThat(lull.counted("lull.turns.misrouted")).isEqualTo(2);
        assertThat(lull.deadLetters()).isEmpty();
    }

    @Test
    void aRecordThatIsNoListOfRoutesIsADeadLetterAndChangesNothing() {
        lull.setsRoutes(1, List.of(all("bot")));
        for (String wrong : List.of(
                "{\"kind\":\"route\",\"routes\":[]}",
                "{\"kind\":\"route\",\"revision\":0}",
                "{\"kind\":\"route\",\"revision\":2,\"routes\":[{\"name\":\"a\",\"share\":1}]}",
                "{\"kind\":\"route\",\"revision\":2,\"routes\":[{\"name\":\"a\",\"share\":101,\"destination\":\"bot\"}]}",
                "{\"kind\":\"route\",\"revision\":2,\"routes\":[{\"name\":\"a\",\"share\":1,\"destination\":\"\"}]}",
                "{\"kind\":\"route\",\"revision\":2,\"routes\":[{\"share\":1,\"destination\":\"bot\"}]}")) {
            lull.pipe("", wrong.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
            assertThat(lull.deadLetters()).as(wrong).hasSize(1);
        }
        write("alice");

        assertThat(lull.turnsTo("bot")).hasSize(1);
    }

    @Test
    void aRuleWithoutAShareTakesAll() {
        lull.pipe(
                "",
                "{\"kind\":\"route\",\"revision\":2,\"routes\":[{\"name\":\"a\",\"destination\":\"bot\"}]}"
                        .getBytes(StandardCharsets.UTF_8),
                new RecordHeaders());
        write("alice");

        assertThat(lull.turnsTo("bot")).hasSize(1);
    }

    private static Route all(String destination) {
        return new Route("all", null, null, 100, destination);
    }

    private void write(String customer) {
        lull.says(customer, "Hello");
        lull.silence(LONG);
    }

    @Test
    void aDestinationThatBeginsEarlyIsToldOfATurnThatMostLikelyEnds() {
        lull.close();
        lull = tester(Map.of("bot", 1.0), GapRule.Policy.SHADOW, all("bot"));
        lull.says("alice", "Hello");
        lull.says("alice", "Where is my order?");
        lull.says("bob", "Hello");
        assertThat(lull.turnsTo("bot")).isEmpty();
        List<Turn> expected = lull.expectedTurns();
        assertThat(expected)
                .extracting(turn -> turn.conversation().customer() + ": "
                        + turn.items().getFirst().text())
                .containsExactly("alice: Hello", "alice: Hello\nWhere is my order?", "bob: Hello");

        lull.silence(LONG);
        assertThat(lull.turnsTo("bot"))
                .as("a turn that ends as expected is the same")
                .containsExactlyInAnyOrder(expected.get(1), expected.get(2));
        assertThat(lull.expectedTurns()).isEmpty();
        assertThat(lull.counted("lull.turns.expected")).isEqualTo(3);
    }

    @Test
    void nobodyIsToldWhereAnotherMessageIsLikelyOrNothingIsKnownOrNobodyBeginsEarly() {
        for (TurnTopologyTester tester : List.of(
                tester(Map.of("bot", 0.000_1), GapRule.Policy.SHADOW, all("bot")),
                tester(Map.of("bot", 0.999), GapRule.Policy.FIXED, all("bot")),
                tester(Map.of("crm", 1.0), GapRule.Policy.SHADOW, all("bot")),
                tester(Map.of("bot", 1.0), GapRule.Policy.SHADOW))) {
            lull.close();
            lull = tester;
            lull.says("alice", "I wanted to ask");
            assertThat(lull.expectedTurns()).isEmpty();
        }
    }

    private static TurnTopologyTester tester(Map<String, Double> early, GapRule.Policy policy, Route... routes) {
        return new TurnTopologyTester(
                InputPolicy.of(TurnPolicy.ofGap(GAP).with(new GapRule(policy, 66.0, Duration.ofSeconds(2), null)))
                        .with(InputPolicy.HolePolicy.OFF)
                        .with(new RoutingPolicy(List.of(routes), Set.of("bot", "crm"), early)));
    }

    private static List<String> customers(List<Turn> turns) {
        return turns.stream()
                .map(turn -> requireNonNull(turn.conversation().customer()))
                .toList();
    }

    private void restart(Route... routes) {
        lull.close();
        lull = tester(routes);
    }

    private static TurnTopologyTester tester(Route... routes) {
        return new TurnTopologyTester(InputPolicy.of(TurnPolicy.ofGap(GAP))
                .with(InputPolicy.HolePolicy.OFF)
                .with(new RoutingPolicy(List.of(routes), Set.of("bot", "crm"))));
    }
}
