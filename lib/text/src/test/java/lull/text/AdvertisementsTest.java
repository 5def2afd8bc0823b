package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;

final class AdvertisementsTest {

    private static final Rendering RENDERING = new Rendering(AgentTexts.load("en", Optional.empty()));
    private static final Turn WELCOME = Turns.ofMessage(
            1,
            false,
            "{'type':'request_welcome','referral':{'headline':'Winter tyres','source_url':'https://fb.me/abc'}}");
    private static final Turn FIRST = Turns.ofTexts(2, "Hi");
    private static final Turn SECOND = Turns.ofTexts(3, "Hello?");
    private static final String LINE = "[came from the advertisement] Winter tyres, https://fb.me/abc";

    private final Advertisements advertisements = new Advertisements(10);

    @Test
    void isShownWithTheFirstTurnThatFollowsAndWithNoOther() {
        learn(WELCOME);
        assertThat(shownWith(FIRST)).contains(LINE);
        learn(FIRST);
        learn(WELCOME);

        assertThat(shownWith(FIRST)).as("tried again").contains(LINE);
        assertThat(shownWith(SECOND)).isEmpty();
    }

    @Test
    void waitsForWords() {
        learn(WELCOME);
        Turn image = Turns.ofMessage(4, true, "{'type':'image','image':{'id':'7'}}");
        assertThat(shownWith(image)).isEmpty();
        learn(image);
        Turn reaction = Turns.ofMessage(5, false, "{'type':'reaction','reaction':{'message_id':'m','emoji':'x'}}");
        assertThat(shownWith(reaction)).isEmpty();
        learn(reaction);

        assertThat(shownWith(FIRST)).contains(LINE);
    }

    @Test
    void aTurnWithAnAdvertisementOfItsOwnTakesItsPlace() {
        learn(WELCOME);
        Turn own = Turns.ofMessage(6, true, "{'type':'text','text':{'body':'Hi'},'referral':{'headline':'Other'}}");
        assertThat(shownWith(own)).isEmpty();
        learn(own);

        assertThat(shownWith(SECOND)).isEmpty();
    }

    @Test
    void theNextAdvertisementIsShownAgain() {
        learn(WELCOME);
        learn(FIRST);
        learn(Turns.ofMessage(7, false, "{'type':'request_welcome','referral':{'headline':'Summer tyres'}}"));

        assertThat(shownWith(SECOND)).contains("[came from the advertisement] Summer tyres");
    }

    @Test
    void aGreetingWithoutAnAdvertisementIsNone() {
        learn(Turns.ofMessage(8, false, "{'type':'request_welcome'}"));

        assertThat(shownWith(FIRST)).isEmpty();
        assertThat(new Advertisements(0).shownWith(FIRST)).isEmpty();
    }

    @Test
    void anAdvertisementIsNamedOnceInATurn() {
        String referral = "'referral':{'headline':'Sale'}";
        Turn turn = Turns.ofMessages(
                9,
                "{'type':'request_welcome'," + referral + "}",
                "{'type':'location','location':{'latitude':1,'longitude':2}," + referral + "}",
                "{'type':'contacts','contacts':[{'name':{'formatted_name':'Bo'}}],'referral':{'headline':'Other'}}");

        assertThat(TurnPart.of(turn, RENDERING, 1_024, true, new Quotes(0)))
                .extracting(TurnPart::text)
                .containsExactly(
                        "[came from the advertisement] Sale\n[opened the chat]",
                        "[location]\nhttps://www.google.com/maps/search/?api=1&query=1,2",
                        "[came from the advertisement] Other\n[contact] Bo");
    }

    private void learn(Turn turn) {
        advertisements.learn(turn, RENDERING);
    }

    private Optional<String> shownWith(Turn turn) {
        return advertisements.shownWith(turn).map(Advertisements.Pending::line);
    }
}
