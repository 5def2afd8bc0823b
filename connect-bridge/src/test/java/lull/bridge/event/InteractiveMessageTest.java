package lull.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.contract.reply.ChoiceId;
import lull.contract.reply.ReplyContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InteractiveMessageTest {

    @Test
    void threeShortTitlesAreButtons() {
        ReplyContent.Interactive buttons = tappable(
                message("QuickReply", "'title':'Well?','subtitle':'Tap','elements':[{'title':'Yes'},{'title':'No'}]"));

        assertThat(buttons.kind()).isEqualTo("button");
        assertThat(buttons.more().at("/body/text").asText()).isEqualTo("Well?\nTap");
        assertThat(buttons.more().at("/action/buttons").findValuesAsText("title"))
                .containsExactly("Yes", "No");
        assertThat(answers(buttons)).containsExactly("Yes", "No");
    }

    @Test
    void moreAreAListWhoseAnswersAreTheExactTitles() {
        String tooLong = "A title that is longer than WhatsApp shows";
        ReplyContent.Interactive list = tappable(message(
                "ListPicker",
                "'title':'What?','elements':[{'title':'Bill','subtitle':'Of this month'},{'title':'" + tooLong
                        + "'},{'title':'C'},{'title':'D'}]"));

        assertThat(list.kind()).isEqualTo("list");
        assertThat(list.more().at("/action/button").asText()).isEqualTo("Choose");
        JsonNode rows = list.more().at("/action/sections/0/rows");
        assertThat(rows.at("/0/description").asText()).isEqualTo("Of this month");
        assertThat(rows.at("/1/title").asText())
                .isEqualTo("A title that is longer …")
                .hasSize(24);
        assertThat(rows.at("/1/description").asText()).isEqualTo(tooLong);
        assertThat(answers(list)).containsExactly("Bill", tooLong, "C", "D");
    }

    @Test
    void whatNeitherHoldsIsNumberedText() {
        String elements = IntStream.rangeClosed(1, 11)
                .mapToObj(number -> "{'title':'Number " + number + "'}")
                .collect(Collectors.joining(","));

        assertThat(text(message("Panel", "'title':'Which?','elements':[" + elements + "]")))
                .startsWith("Which?\n\n1. Number 1\n2. Number 2\n")
                .endsWith("\n11. Number 11");
    }

    @Test
    void aNumberOfANumberedTextHasTheExactAnswer() {
        String link = "{'title':'Page','type':'hyperlink','url':'https://a.example'}";
        String numbered = json(
                "ListPicker", "'title':'Help','elements':[" + link + ",{'title':'Agent'},{'title':'Nobody at all'}]");

        assertThat(InteractiveMessage.answer(numbered, 1)).hasValue("Agent");
        assertThat(InteractiveMessage.answer(numbered, 2)).hasValue("Nobody at all");
        assertThat(InteractiveMessage.answer(numbered, 3)).isEmpty();
    }

    @Test
    void aNumberMeansNothingWhereThereAreButtonsOrAList() {
        String buttons = json("ListPicker", "'title':'Help','elements':[{'title':'Yes'},{'title':'No'}]");

        assertThat(InteractiveMessage.answer(buttons, 1)).isEmpty();
        assertThat(InteractiveMessage.answer("no json", 1)).isEmpty();
    }

    @Test
    void linksAreToBeReadAndNotToBeChosen() {
        assertThat(text(message(
                        "ListPicker",
                        "'title':'Help','elements':[{'title':'Page','type':'hyperlink','url':'https://a.example'},"
                                + "{'title':'Agent'}]")))
                .isEqualTo("Help\n\nPage\nhttps://a.example\n1. Agent");
    }

    @Test
    void timesAreShownInTheChatsZoneAndAnsweredByConnectsDate() {
        ReplyContent.Interactive list = tappable(message(
                "TimePicker",
                "'title':'When?','timeZoneOffset':-450,'timeslots':[{'date':'2026-01-31T17:00+00:00','duration':60},"
                        + "{'date':'2026-01-31T18:00+00:00','duration':60}]"));

        assertThat(list.more().toString()).contains("Sat 31 Jan 09:30", "Sat 31 Jan 10:30");
        assertThat(answers(list)).containsExactly("2026-01-31T17:00+00:00", "2026-01-31T18:00+00:00");
    }

    @Test
    void aCarouselsChoicesSayWhichOfItsListsTheyAreOf() {
        ReplyContent.Interactive list = tappable(
                message(
                        "Carousel",
                        "'title':'Rooms','elements':[{'templateIdentifier':'t0','templateType':'Panel','data':{'content':{"
                                + "'title':'Single','elements':[{'title':'Book'}]}}},{'templateIdentifier':'t1',"
                                + "'templateType':'Panel','data':{'content':{'title':'Double','elements':[{'title':'Book'}]}}}]"));

        assertThat(list.more().at("/action/sections").findValuesAsText("title")).contains("Single", "Double");
        assertThat(answers(list))
                .containsExactly(
                        "{\"templateIdentifier\":\"t0\",\"listTitle\":\"Single\",\"selectionText\":\"Book\"}",
                        "{\"templateIdentifier\":\"t1\",\"listTitle\":\"Double\",\"selectionText\":\"Book\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{'templateType':'ViewResource','data':{'content':{'title':'x'}}}",
                "{'templateType':'ListPicker','data':{'content':{'title':'x','elements':[]}}}",
                "{'templateType':'ListPicker','data':{'content':{'elements':[{'title':'a'}]}}}"
            })
    void whatIsNotKnownIsNothing(String content) {
        assertThat(InteractiveMessage.toWhatsApp(content.replace('\'', '"'), "Choose"))
                .isEmpty();
    }

    private static List<String> answers(ReplyContent.Interactive interactive) {
        return interactive.more().findValuesAsText("id").stream()
                .map(id -> ChoiceId.answer(id).orElseThrow())
                .toList();
    }

    private static ReplyContent.Interactive tappable(ReplyContent content) {
        assertThat(content).isInstanceOf(ReplyContent.Interactive.class);
        return (ReplyContent.Interactive) content;
    }

    private static String text(ReplyContent content) {
        assertThat(content).isInstanceOf(ReplyContent.Text.class);
        return ((ReplyContent.Text) content).body();
    }

    private static ReplyContent message(String type, String content) {
        return InteractiveMessage.toWhatsApp(json(type, content), "Choose").orElseThrow();
    }

    private static String json(String type, String content) {
        String json = "{'templateType':'" + type + "','version':'1.0','data':{'content':{" + content + "}}}";
        return json.replace('\'', '"');
    }
}
