package lull.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.Customer;
import lull.contract.application.Exchange;
import lull.contract.application.HandOver;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import org.junit.jupiter.api.Test;

final class TurnPartTest {

    private static final Rendering RENDERING = new Rendering(AgentTexts.load("en", Optional.empty()));

    @Test
    void namesWhoWritesInAGroup() {
        assertThat(parts(Turns.ofGroup(
                        new Customer(null, "15550001111", "Ana"), new Customer(null, "15550002222", null))))
                .extracting(TurnPart::text)
                .containsExactly("Ana: Hi", "****2222: Hi");
    }

    @Test
    void leavesOutWhatTheAgentIsNotShown() {
        Turn turn = Turns.ofTexts(1, "Hi", "there");
        List<TurnItem> items =
                List.of(hidden(turn.items().getFirst()), turn.items().getLast());

        assertThat(parts(with(turn, items)))
                .extracting(TurnPart::item, TurnPart::text)
                .containsExactly(tuple(1, "there"));
    }

    @Test
    void tellsFirstWhatTheApplicationSaysThatHandsOver() {
        Turn turn = Turns.ofTexts(1, "Hi", "there")
                .handedOver(new HandOver("angry", "Wants a refund for order 17", Map.of("queue", "refunds")));

        assertThat(parts(turn))
                .extracting(TurnPart::item, TurnPart::isText, TurnPart::text)
                .containsExactly(
                        tuple(2, false, "[handed over by an application] angry\nWants a refund for order 17"),
                        tuple(0, true, "Hi"),
                        tuple(1, true, "there"));
    }

    @Test
    void tellsWhatWasSaidBeforeTheHandOver() {
        HandOver asked = new HandOver("asked", null, Map.of())
                .after(List.of(
                        new Exchange("Hello\nWhere is my order?", List.of("One moment", "[media]")),
                        new Exchange("A person, please", List.of())));

        assertThat(parts(Turns.ofTexts(1, "Now!").handedOver(asked)))
                .extracting(TurnPart::text)
                .containsExactly("""
                        [handed over by an application] asked
                        [before]
                        Customer: Hello
                        Where is my order?
                        Application: One moment
                        Application: [media]
                        Customer: A person, please""", "Now!");
    }

    @Test
    void aHandOverMaySayNothing() {
        Turn turn = Turns.ofTexts(1, "Hi").handedOver(new HandOver(null, null, Map.of()));

        assertThat(parts(turn)).extracting(TurnPart::text).containsExactly("[handed over by an application]", "Hi");
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
        assertThat(parts(Turns.ofTexts(1, "Hi", "there")))
                .extracting(TurnPart::text)
                .containsExactly("Hi", "there");
    }

    @Test
    void aFileComesBeforeItsCaption() {
        Turn turn = Turns.ofMessage(1, true, "{'type':'image','image':{'id':'7','caption':'see'}}");

        assertThat(parts(turn))
                .extracting(part -> part.file() != null, TurnPart::text, TurnPart::part)
                .containsExactly(tuple(true, "", 0), tuple(false, "see", 1));
        assertThat(TurnPart.of(turn, RENDERING, 1_024, false, new Quotes(0)))
                .extracting(part -> part.file() != null, TurnPart::text, TurnPart::part)
                .containsExactly(tuple(false, "[image] see", 0));
    }

    @Test
    void theNameOfAFileStandsBesideItIfItIsAttachedUnderAnother() {
        Turn turn = Turns.ofMessages(
                1,
                "{'type':'document','document':{'id':'7','filename':'报价单.pdf'}}",
                "{'type':'document','document':{'id':'8','filename':'bill.pdf'}}",
                "{'type':'image','image':{'caption':'see'}}");

        assertThat(parts(turn))
                .extracting(part -> part.file() != null, TurnPart::text)
                .containsExactly(
                        tuple(true, ""),
                        tuple(false, "[document 报价单.pdf]"),
                        tuple(true, ""),
                        tuple(false, "[image] see\n[WhatsApp did not deliver the file]"));
    }

    @Test
    void aCallHasNoMessageThatCouldBeMarkedAsRead() {
        Turn turn = Turns.ofMessages(1, "{'type':'call','call':{'status':'FAILED','timestamp':'1795718423'}}");

        assertThat(parts(turn)).singleElement().satisfies(part -> {
            assertThat(part.text()).isEqualTo("[missed call at 2026-11-26 18:40 UTC]");
            assertThat(part.messageIds()).isEmpty();
        });
    }

    @Test
    void whatAMessageRefersToStandsAboveIt() {
        assertThat(only("{'type':'text','text':{'body':'Yes'},'context':{'id':'wamid.old'}}"))
                .isEqualTo("[in reply to an earlier message]\nYes");
        assertThat(only("{'type':'text','text':{'body':'Ha'},'context':{'forwarded':true}}"))
                .isEqualTo("[forwarded]\nHa");
        assertThat(only("{'type':'text','text':{'body':'Ha'},'context':{'frequently_forwarded':true}}"))
                .isEqualTo("[forwarded many times]\nHa");
        assertThat(
                        only(
                                "{'type':'text','text':{'body':'How much?'},'context':{'id':'x','referred_product':{'catalog_id':'c1','product_retailer_id':'p7'}}}"))
                .isEqualTo("[asks about the product] c1 p7\nHow much?");
        assertThat(
                        only(
                                "{'type':'text','text':{'body':'Hi'},'referral':{'headline':'Sale','source_url':'https://fb.me/x'}}"))
                .isEqualTo("[came from the advertisement] Sale, https://fb.me/x\nHi");
        assertThat(only("{'type':'location','location':{'latitude':1,'longitude':2},'context':{'id':'wamid.old'}}"))
                .startsWith("[in reply to an earlier message]\n[location]");
    }

    @Test
    void aTapOnAButtonSaysNothingOfWhatItAnswers() {
        assertThat(
                        only(
                                "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}},'context':{'id':'m'}}"))
                .isEqualTo("Yes");
    }

    @Test
    void aReplyToAMessageOfTheSameTurnQuotesIt() {
        Turn turn = Turns.ofJoinedTexts(
                "Is it {red}?", null,
                "And how much?", null,
                "Or blue", "wamid.j-0");

        assertThat(parts(turn))
                .extracting(TurnPart::text)
                .containsExactly("Is it {red}?\nAnd how much?\n[in reply to] Is it {red}?\nOr blue");
    }

    private static String only(String raw) {
        Turn turn = Turns.ofMessage(1, true, raw);
        return parts(turn).stream().map(TurnPart::text).reduce("", (before, next) -> before + next);
    }

    private static List<TurnPart> parts(Turn turn) {
        return TurnPart.of(turn, RENDERING, 1_024, true, new Quotes(0));
    }
}
