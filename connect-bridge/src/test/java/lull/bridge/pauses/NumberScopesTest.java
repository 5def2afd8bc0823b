package lull.bridge.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.contract.ConversationKey;
import lull.lanes.Pause;
import lull.lanes.PauseScope;
import org.junit.jupiter.api.Test;

final class NumberScopesTest {

    private final NumberScopes numbers = new NumberScopes(
            Set.of(), number -> "i1", number -> number.equals("300") ? Optional.empty() : Optional.of("token"));

    @Test
    void aNumberBelongsToItselfItsInstanceAndItsToken() {
        assertThat(numbers.byConversation().of("100|4915"))
                .containsExactlyInAnyOrder(
                        Scopes.businessNumber("100"), Scopes.connectInstance("i1"), Scopes.accessToken("token"));
        assertThat(numbers.byConversation().of("300|group:g1"))
                .containsExactlyInAnyOrder(Scopes.businessNumber("300"), Scopes.connectInstance("i1"));
        assertThat(numbers.byConversation().of("no conversation")).isEmpty();
        assertThat(numbers.byConversation().of("")).isEmpty();
    }

    @Test
    void aContactBelongsToTheNumberOfItsChat() {
        assertThat(numbers.byContact(contact -> Optional.of(new ConversationKey("300", "1555")))
                        .of("c1"))
                .contains(Scopes.businessNumber("300"));
        assertThat(numbers.byContact(_ -> Optional.empty()).of("c1")).isEmpty();
    }

    @Test
    void oneOfSeveralNumbersDoesNotStopEverything() {
        numbers.meet("100");
        assertThat(numbers.stopEverything(pauses(Scopes.businessNumber("100")))).isTrue();

        numbers.meet("200");
        assertThat(numbers.stopEverything(pauses(Scopes.businessNumber("100")))).isFalse();
        assertThat(numbers.stopEverything(pauses(Scopes.businessNumber("100"), Scopes.businessNumber("200"))))
                .isTrue();
        assertThat(numbers.stopEverything(pauses(Scopes.connectInstance("i1")))).isTrue();
        assertThat(numbers.stopEverything(pauses(Scopes.process()))).isTrue();
        assertThat(numbers.stopEverything(List.of())).isFalse();
    }

    @Test
    void aNumberWithSettingsOfItsOwnIsNeverTheOnlyOne() {
        NumberScopes named = new NumberScopes(Set.of("100"), number -> "i1", number -> Optional.of("token"));
        named.meet("100");

        assertThat(named.stopEverything(pauses(Scopes.businessNumber("100")))).isFalse();
        assertThat(named.stopEverything(pauses(Scopes.accessToken("token")))).isTrue();
    }

    private static List<Pause> pauses(PauseScope... scopes) {
        return List.of(scopes).stream().map(scope -> new Pause(scope, "wrong")).toList();
    }
}
