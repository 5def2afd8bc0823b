package lull.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;

final class QuotesTest {

    private static final Rendering RENDERING = new Rendering(AgentTexts.load("en", Optional.empty()));

    private final Quotes quotes = new Quotes(3);

    @Test
    void remembersTheLatestInAShortLine() {
        quotes.remember("1", "one");
        quotes.remember("2", "  two\nlines ");
        quotes.remember("3", "three");
        quotes.remember("4", "word ".repeat(50));

        assertThat(quotes.of("1")).isEmpty();
        assertThat(quotes.of("2")).contains("two lines");
        assertThat(quotes.of("4").orElseThrow()).hasSizeLessThan(85).endsWith("word …");
    }

    @Test
    void aMemoryWithoutRoomRemembersNothing() {
        Quotes none = new Quotes(0);
        none.remember("1", "one");

        assertThat(none.of("1")).isEmpty();
    }

    @Test
    void anAnswerToAMessageOutsideOfTheTurnQuotesItWhereItIsKnown() {
        quotes.remember("wamid.red", "The red one?");
        quotes.remember("wamid.blue", "Or {the} $1 blue one?");

        assertThat(parts(Turns.ofJoinedTexts(
                        "Hi", null, "Yes", "wamid.red", "Perhaps", "wamid.old", "No", "wamid.blue")))
                .containsExactly("Hi\n[in reply to] The red one?\nYes\n[in reply to an earlier message]\nPerhaps\n"
                        + "[in reply to] Or {the} $1 blue one?\nNo");
    }

    @Test
    void aTapOnAButtonQuotesNothing() {
        quotes.remember("wamid.red", "The red one?");

        assertThat(
                        parts(
                                Turns.ofMessage(
                                        1,
                                        true,
                                        "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}},'context':{'id':'wamid.red'}}")))
                .containsExactly("Yes");
    }

    @Test
    void whoWritesSuchALineHimselfIsNotMisquoted() {
        quotes.remember("wamid.red", "The red one?");

        assertThat(parts(Turns.ofJoinedTexts("[in reply to an earlier message]", null, "Yes", "wamid.red")))
                .containsExactly("[in reply to an earlier message]\n[in reply to an earlier message]\nYes");
    }

    @Test
    void howATurnIsCutDoesNotHangOnWhatIsRemembered() {
        Turn turn = Turns.ofJoinedTexts(
                "word ".repeat(200).strip(), null, "x ".repeat(400).strip(), "wamid.red");
        int without = parts(turn).size();
        quotes.remember("wamid.red", "q".repeat(80));

        List<String> parts = parts(turn);

        assertThat(parts).hasSize(without).allMatch(part -> part.length() <= 1_024);
        assertThat(String.join("", parts)).contains("[in reply to]");
        Turn full = Turns.ofJoinedTexts("x".repeat(990), "wamid.red");
        assertThat(parts(full)).containsExactly("[in reply to an earlier message]\n" + "x".repeat(990));
    }

    private List<String> parts(Turn turn) {
        return TurnPart.of(turn, RENDERING, 1_024, true, quotes).stream()
                .map(TurnPart::text)
                .toList();
    }

    @Test
    void findsAMessageByEitherFormOfItsId() {
        Quotes quotes = new Quotes(10);
        quotes.remember(
                "wamid.HBgMMjAxMDExMTEwMDAxFQIAEhggMTFERTJBMENBNEU0M0M4RjJDQTE1QkYwRDc3QTk3NEEA", "The blue one");

        assertThat(
                        quotes.of(
                                "wamid.HBgWVVMuODg0MjAxOTM3NTYxMDI4NDc3MRUUABIYIDExREUyQTBDQTRFNDNDOEYyQ0ExNUJGMEQ3N0E5NzRBAA=="))
                .hasValue("The blue one");
    }
}
