package lull.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.Customer;
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
    void namesNobodyWhereOnlyOneWrites() {
        assertThat(TurnPart.of(Turns.ofTexts(1, "Hi", "there"), 1_024))
                .extracting(TurnPart::text)
                .containsExactly("Hi", "there");
    }
}
