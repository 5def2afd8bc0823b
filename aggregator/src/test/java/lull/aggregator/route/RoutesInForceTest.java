package lull.aggregator.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.contract.ConversationKey;
import lull.contract.message.FlagRule;
import lull.contract.message.RouteSetting;
import org.junit.jupiter.api.Test;

final class RoutesInForceTest {

    private static final ConversationKey ONE = new ConversationKey("1", "15550001001");
    private static final ConversationKey TWO = new ConversationKey("2", "15550001001");

    @Test
    void aRuleOfANumberComesBeforeOneOfAllInWhateverOrder() {
        FlagRule all = new FlagRule("typing", null, 100, true);
        FlagRule ofOne = new FlagRule("typing", "1", 100, false);

        for (List<FlagRule> rules : List.of(List.of(all, ofOne), List.of(ofOne, all))) {
            assertThat(flags(rules).flags(ONE)).isEqualTo(Map.of("typing", false));
            assertThat(flags(rules).flags(TWO)).isEqualTo(Map.of("typing", true));
        }
    }

    @Test
    void aRuleWhoseShareDoesNotHaveTheConversationDoesNotCount() {
        RoutesInForce flags = flags(List.of(
                new FlagRule("typing", "1", 0, false),
                new FlagRule("typing", null, 100, true),
                new FlagRule("notes", null, 0, false)));

        assertThat(flags.flags(ONE)).isEqualTo(Map.of("typing", true));
    }

    @Test
    void aLargerShareOnlyAddsConversations() {
        List<String> small = switchedOff(20);
        List<String> large = switchedOff(50);

        assertThat(small).hasSizeBetween(120, 280);
        assertThat(large).hasSizeBetween(400, 600).containsAll(small);
    }

    @Test
    void whatALaterVersionMaySwitchIsKept() {
        assertThat(flags(List.of(new FlagRule("dance", null, 100, true))).flags(ONE))
                .isEqualTo(Map.of("dance", true));
    }

    @Test
    void messagesAreGatheredUnlessARuleSwitchesItOff() {
        assertThat(RoutesInForce.CONFIGURED.gathers(ONE)).isTrue();
        assertThat(flags(List.of(new FlagRule("gathering", "1", 100, false))))
                .satisfies(flags -> assertThat(flags.gathers(ONE)).isFalse())
                .satisfies(flags -> assertThat(flags.gathers(TWO)).isTrue());
    }

    @Test
    void twoRulesCannotSwitchTheSameOfTheSameNumber() {
        FlagRule one = new FlagRule("typing", "1", 20, true);

        assertThatThrownBy(() -> flags(List.of(one, new FlagRule("typing", "1", 50, false))))
                .hasMessage("Two rules switch the flag typing for number 1: give one of them");
    }

    private static List<String> switchedOff(double share) {
        RoutesInForce flags = flags(List.of(new FlagRule("typing", null, share, false)));
        return IntStream.range(0, 1_000)
                .mapToObj(customer -> new ConversationKey("1", "1555000" + customer))
                .filter(conversation -> flags.flags(conversation).containsKey("typing"))
                .map(ConversationKey::toString)
                .toList();
    }

    private static RoutesInForce flags(List<FlagRule> rules) {
        return RoutesInForce.of(new RouteSetting(null, 1, rules));
    }
}
