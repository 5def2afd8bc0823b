package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(quotes.of("2").map(Quote::line)).contains("two lines");
        assertThat(quotes.of("4").orElseThrow().line()).hasSizeLessThan(85).endsWith("word …");
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

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    {'type':'reaction','reaction':{'message_id':'wamid.red','emoji':'👍'}}~[reaction] 👍 to: The red one?
                    {'type':'reaction','reaction':{'message_id':'wamid.red','emoji':''}}~[took a reaction back] to: The red one?
                    {'type':'reaction','reaction':{'message_id':'wamid.red'}}~[took a reaction back] to: The red one?
                    {'type':'reaction','reaction':{'message_id':'wamid.old','emoji':'👍'}}~[reaction] 👍
                    {'type':'reaction','reaction':{'emoji':'👍'}}~[reaction] 👍
                    {'type':'revoke','revoke':{'original_message_id':'wamid.red'}}~[deleted a message] The red one?
                    {'type':'revoke','revoke':{'original_message_id':'wamid.card'}}~[deleted a message] My card is ••••, ok
                    {'type':'revoke','revoke':{'original_message_id':'wamid.old'}}~[deleted a message]
                    {'type':'edit','edit':{'original_message_id':'wamid.red','message':{'type':'text','text':{'body':'The blue one'}}}}~`[edited message] The blue one
                    [instead of] The red one?`
                    {'type':'edit','edit':{'original_message_id':'wamid.old','message':{'type':'text','text':{'body':'The blue one'}}}}~[edited message] The blue one
                    {'type':'edit','edit':{'original_message_id':'wamid.red'}}~`[edited message]
                    [instead of] The red one?`
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}},'context':{'id':'wamid.red'}}~`[in reply to] The red one?
                    Yes`
                    {'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'1','title':'Yes','description':'d'}},'context':{'id':'wamid.red'}}~`[in reply to] The red one?
                    Yes, d`
                    {'type':'button','button':{'payload':'p','text':'Yes'},'context':{'id':'wamid.red'}}~`[in reply to] The red one?
                    Yes`
                    {'type':'button','button':{'payload':'p','text':'Yes'},'context':{'id':'wamid.old'}}~Yes
                    {'type':'button','button':{'payload':'p','text':'Yes'}}~Yes
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'lull:Yes','title':'Yes'}},'context':{'id':'wamid.bot'}}~Yes
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'lull:Yes','title':'Yes'}},'context':{'id':'wamid.red'}}~`[in reply to] The red one?
                    Yes`
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'other','title':'Yes'}},'context':{'id':'wamid.bot'}}~`[in reply to] Which one?
                    Yes`
                    {'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'body':'Sent'}},'context':{'id':'wamid.red'}}~`[in reply to] The red one?
                    [form] Sent`
                    """)
    void saysWhichMessageSomethingIsAbout(String message, String shown) {
        Quotes quotes = new Quotes(10);
        quotes.remember("wamid.red", "The red\none?");
        quotes.remember("wamid.card", "My card is 4111 1111 1111 1111, ok");
        quotes.remember("wamid.bot", "Which one?", true);

        assertThat(TurnPart.of(Turns.ofMessage(1, true, message), RENDERING, 1_024, true, quotes))
                .extracting(TurnPart::text)
                .containsExactly(shown);
    }

    @Test
    void anEditAndADeletionSayWhatTheMessageSaidBeforeThemAlsoIfTheyAreReadTwice() {
        Quotes quotes = new Quotes(10);
        quotes.remember("wamid.1-0", "Plan 4111111");
        Turn edit = Turns.ofMessage(
                2,
                true,
                "{'type':'edit','edit':{'original_message_id':'wamid.1-0','message':{'type':'text','text':{'body':'Plan B'}}}}");
        Turn reaction =
                Turns.ofMessage(3, true, "{'type':'reaction','reaction':{'message_id':'wamid.1-0','emoji':'👍'}}");
        Turn deletion = Turns.ofMessage(4, true, "{'type':'revoke','revoke':{'original_message_id':'wamid.1-0'}}");

        for (int time = 0; time < 2; time++) {
            assertThat(texts(edit, quotes)).containsExactly("[edited message] Plan B\n[instead of] Plan 4111111");
            quotes.learn(edit, RENDERING);
        }
        assertThat(texts(reaction, quotes)).containsExactly("[reaction] 👍 to: Plan B");
        for (int time = 0; time < 2; time++) {
            assertThat(texts(deletion, quotes)).containsExactly("[deleted a message] Plan B");
            quotes.learn(deletion, RENDERING);
        }
        assertThat(texts(edit, quotes)).containsExactly("[edited message] Plan B\n[instead of] Plan 4111111");
    }

    @Test
    void anEditWhoseTextIsNotReportedLeavesTheOneThatIsKnown() {
        Quotes quotes = new Quotes(10);
        quotes.remember("wamid.1-0", "Plan A");
        quotes.learn(Turns.ofMessage(2, true, "{'type':'edit','edit':{'original_message_id':'wamid.1-0'}}"), RENDERING);

        assertThat(texts(
                        Turns.ofMessage(
                                3, true, "{'type':'reaction','reaction':{'message_id':'wamid.1-0','emoji':'👍'}}"),
                        quotes))
                .containsExactly("[reaction] 👍 to: Plan A");
    }

    @Test
    void anEmptyIdOfAnAnsweredMessageIsNone() {
        assertThat(texts(
                        Turns.ofMessage(1, true, "{'type':'location','location':{'name':'x'},'context':{'id':''}}"),
                        new Quotes(10)))
                .containsExactly("[location] x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Please cancel contract 1 ~ Please cancel contract 1",
                "4111 1111 1111 1111 ~ ••••",
                "4111-1111-1111-1111 exp 12/27 ~ •••• exp ••••",
                "pin 1234 ~ pin ••••",
                "DE89 3704 0044 0532 0130 00 ~ DE••••",
                "+49 (151) 555-0100 ~ +••••",
                "٤١١١ ١١١١ ~ ••••",
                "4️⃣1️⃣1️⃣1️⃣ 1️⃣1️⃣ ok ~ •••• ok",
                "4111·1111*1111|1111 ~ ••••",
                "room 12, 3rd floor ~ room 12, 3rd floor",
            })
    void aDeletedNumberIsNotRepeated(String text, String shown) {
        assertThat(Quotes.withoutNumbers(text)).isEqualTo(shown);
    }

    @Test
    void aLongEditLeavesRoomForWhatWasThereBefore() {
        Quotes quotes = new Quotes(10);
        Turn edit = Turns.ofMessage(
                2,
                true,
                "{'type':'edit','edit':{'original_message_id':'wamid.1-0','message':{'type':'text','text':{'body':'"
                        + "word ".repeat(400) + "'}}}}");
        int without = texts(edit, quotes).size();
        quotes.remember("wamid.1-0", "q".repeat(300));

        assertThat(texts(edit, quotes)).hasSize(without).allMatch(part -> part.length() <= 1_024);
        assertThat(texts(edit, quotes).getLast()).contains("[instead of] qqq");
    }

    private static List<String> texts(Turn turn, Quotes quotes) {
        return TurnPart.of(turn, RENDERING, 1_024, true, quotes).stream()
                .map(TurnPart::text)
                .toList();
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
                .map(Quote::line)
                .hasValue("The blue one");
    }
}
