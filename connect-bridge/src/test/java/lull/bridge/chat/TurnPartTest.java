package lull.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import lull.contract.Customer;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import org.junit.jupiter.api.Test;

final class TurnPartTest {

    @Test
    void namesWhoWritesInAGroup() {
        assertThat(TurnPart.of(
                        Turns.ofGroup(
                                new Customer(null, "15550001111", "Ana"), new Customer(null, "15550002222", null)),
                        1_024))
                .extracting(TurnPart::text)
                .containsExactly("Ana: Hi", "****2222: Hi");
    }

    @Test
    void leavesOutWhatTheAgentIsNotShown() {
        Turn turn = Turns.ofTexts(1, "Hi", "there");
        List<TurnItem> items =
                List.of(hidden(turn.items().getFirst()), turn.items().getLast());

        assertThat(TurnPart.of(with(turn, items), 1_024))
                .extracting(TurnPart::item, TurnPart::text)
                .containsExactly(tuple(1, "there"));
    }

    private static TurnItem hidden(TurnItem item) {
        return new TurnItem(item.kind(), item.text(), item.messages(), true);
    }

    private static Turn with(Turn turn, List<TurnItem> items) {
        return new Turn(
                turn.id(),
                turn.firstMessageId(),
                turn.conversation(),
                turn.business(),
                turn.customer(),
                turn.cause(),
                turn.gap(),
                turn.opensChat(),
                turn.firstReceivedAt(),
                turn.lastReceivedAt(),
                items);
    }

    @Test
    void namesNobodyWhereOnlyOneWrites() {
        assertThat(TurnPart.of(Turns.ofTexts(1, "Hi", "there"), 1_024))
                .extracting(TurnPart::text)
                .containsExactly("Hi", "there");
    }
}
