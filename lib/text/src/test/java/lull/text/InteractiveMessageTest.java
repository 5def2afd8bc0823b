package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.contract.reply.ChoiceId;
import lull.contract.reply.ReplyContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

        assertThat(InteractiveMessage.answer(numbered, "1")).hasValue("Agent");
        assertThat(InteractiveMessage.answer(numbered, "2")).hasValue("Nobody at all");
        assertThat(InteractiveMessage.answer(numbered, "3")).isEmpty();
    }

    @Test
    void aNumberMeansNothingWhereThereAreButtonsOrAList() {
        String buttons = json("ListPicker", "'title':'Help','elements':[{'title':'Yes'},{'title':'No'}]");

        assertThat(InteractiveMessage.answer(buttons, "1")).isEmpty();
        assertThat(InteractiveMessage.answer("no json", "1")).isEmpty();
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

    @Test
    void aCarouselsEqualTitlesAreToldApartByTheirPanels() {
        ReplyContent.Interactive list = tappable(message(
                "Carousel",
                "'title':'Rooms','elements':[" + panel("t0", "Single", "", "Book") + ","
                        + panel("t1", "Double", "", "Book") + "]"));

        assertThat(list.more().findValuesAsText("title"))
                .containsExactly("Single", "Single: Book", "Double", "Double: Book");
        assertThat(answers(list)).last().asString().contains("\"listTitle\":\"Double\",\"selectionText\":\"Book\"");
    }

    @Test
    void aCarouselAsTextKeepsTitlesAndSubtitlesOfItsPanels() {
        String details = "{'title':'Details','type':'hyperlink','url':'https://t.example/a_b'},";
        String carousel = json(
                "Carousel",
                "'title':'Our offers','elements':["
                        + panel("t0", "California", "from **499** EUR", "Book").replace("[", "[" + details)
                        + ","
                        + panel("t1", "New York", "", "Book")
                        + "]");

        assertThat(text(InteractiveMessage.toWhatsApp(carousel, "Choose").orElseThrow()))
                .isEqualTo("""
                        Our offers

                        California
                        from *499* EUR
                        Details
                        https://t.example/a_b
                        1. Book

                        New York
                        2. Book""");
        assertThat(InteractiveMessage.answer(carousel, "2"))
                .hasValue("{\"templateIdentifier\":\"t1\",\"listTitle\":\"New York\",\"selectionText\":\"Book\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'California','from 499 EUR','Book'",
                "'A title that is too long for it','','Book'",
                "'','','Book'",
                "'California','','A title of a choice'",
                "'New York','','Book'",
            })
    void panelsThatAListCannotHoldAreText(String panel) {
        String[] words = panel.split("'", -1);
        ReplyContent shown = message(
                "Carousel",
                "'title':'Our offers','elements':[" + panel("t0", words[1], words[3], words[5]) + ","
                        + panel("t1", "New York", "", words[5]) + "]");

        assertThat(text(shown))
                .contains(words[1], words[3], words[5], "New York")
                .startsWith("Our offers\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'title':'Yes'},{'title':'Yes'}",
                "{'title':'Yes'},{'title':'**Yes**'}",
                "{'title':'Yes','subtitle':'a'},{'title':'Yes','subtitle':'b'}",
                "{'title':'A very long title of a choice, A'},{'title':'A very long title of a choice, B'}",
                "{'title':'A'},{'title':'B'},{'title':'C'},{'title':'D'},{'title':'A'}",
            })
    void equalTitlesAreText(String elements) {
        assertThat(text(message("QuickReply", "'title':'Pick','elements':[" + elements + "]")))
                .startsWith("Pick\n\n1. ")
                .contains("\n2. ");
    }

    @Test
    void titlesAndBodiesAreMarkdownAndAnswersAreTheExactTitles() {
        ReplyContent.Interactive buttons = tappable(message(
                "ListPicker",
                "'title':'How can we help? [shop.example](https://shop.example)',"
                        + "'subtitle':'Some *emphasised* and **strong** text\\r\\n* item 1\\r\\n* item 2',"
                        + "'elements':[{'title':'**Self** service'},{'title':'_End_ &amp; go'}]"));

        assertThat(buttons.more().at("/body/text").asText())
                .isEqualTo("How can we help? shop.example (https://shop.example)\n"
                        + "Some _emphasised_ and *strong* text\r\n- item 1\r\n- item 2");
        assertThat(buttons.more().at("/action/buttons").findValuesAsText("title"))
                .containsExactly("Self service", "End & go");
        assertThat(answers(buttons)).containsExactly("**Self** service", "_End_ &amp; go");
    }

    @Test
    void rowsHavePlainTitlesAndDescriptions() {
        ReplyContent.Interactive list = tappable(message(
                "ListPicker", "'title':'What?','elements':[{'title':'**Bill**','subtitle':'of *this*\\nmonth'}]"));

        assertThat(list.more().at("/action/sections/0/rows/0/title").asText()).isEqualTo("Bill");
        assertThat(list.more().at("/action/sections/0/rows/0/description").asText())
                .isEqualTo("of this month");
    }

    @Test
    void whatHasNoTitleIsAskedAllTheSame() {
        assertThat(tappable(message("ListPicker", "'elements':[{'title':'A'}]"))
                        .more()
                        .at("/body/text")
                        .asText())
                .isEqualTo("Choose");
        assertThat(tappable(message("ListPicker", "'subtitle':'Well?','elements':['A','B']"))
                        .more()
                        .at("/body/text")
                        .asText())
                .isEqualTo("Well?");
        assertThat(text(message("Panel", "'elements':[{'subtitle':'only this'},{'title':'A'}]")))
                .isEqualTo("only this\n1. A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {'templateType':'ViewResource','data':{'content':{'viewId':'v','viewToken':'t','title':'Fill in'}}} | Fill in
                    {'templateType':'ListPicker','data':{'content':{'title':'x **y**','elements':[]}}} | x *y*
                    {'templateType':'TimePicker','data':{'content':{'title':'When?','timeslots':[{}]}}} | When?
                    {'templateType':'Carousel','data':{'content':{'title':'Look','elements':[{}]}}} | Look
                    {'templateType':'AppleForm','data':{'content':{'title':'Survey','pages':[{'title':'Age'},{'title':'Age'}]}}} | Survey\\nAge
                    {'templateType':'WhatsAppList','data':{'content':{'body':{'text':'Pick'},'action':{'sections':[{'rows':[{'id':'a','title':'A'}]}]}}}} | Pick\\nA
                    {'templateType':'New','data':{'content':{'heading':'H','options':['A','B'],'url':'https://x.example/a_b'}}} | H\\nA\\nB\\nhttps://x.example/a_b
                    {'templateType':'ListPicker','data':{'title':'Flat','elements':[]}} | Flat
                    We are *closed* today | We are _closed_ today
                    """)
    void ofWhatIsNotKnownTheTextsAreShown(String content, String expected) {
        assertThat(InteractiveMessage.toWhatsApp(content.replace('\'', '"'), "Choose"))
                .hasValue(new ReplyContent.Text(expected.replace("\\n", "\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{'templateType':'ListPicker','data':{'content':{'title':'x'",
                "{'templateType':'ListPicker','data':{'content':{'elements':[{},{'title':' '}]}}}",
                "{'templateType':'ListPicker','data':null}",
                "{'templateType':'WhatsAppHsm','data':{'namespace':'ns','templateName':'a','language':{'code':'es'}}}",
                "{'templateType':'ViewResource','data':{'content':{'viewId':'v','viewToken':'t'}}}",
            })
    void whatHasNothingToReadIsNothing(String content) {
        assertThat(InteractiveMessage.toWhatsApp(content.replace('\'', '"'), "Choose"))
                .isEmpty();
    }

    @Test
    void whatIsWrittenInAnotherFormIsNotLost() {
        ReplyContent.Interactive list = tappable(
                message(
                        "QuickReply",
                        "'title':'Pick','elements':[{'title':2},{'title':true},3,'four',null,{'title':{'x':1}},{'title':'\u200B'}]"));
        assertThat(answers(list)).containsExactly("2", "true", "3", "four");

        assertThat(answers(tappable(message(
                        "TimePicker",
                        "'title':'When?','timeslots':['2026-02-01T10:00+00:00',{'date':'2026-02-01T12:00+0100'}]"))))
                .containsExactly("2026-02-01T10:00+00:00", "2026-02-01T12:00+0100");
        assertThat(
                        text(
                                message(
                                        "ListPicker",
                                        "'title':'T','elements':[{'title':'A','type':'Hyperlink','url':'https://a.example/x_y'},{'title':'B'}]")))
                .isEqualTo("T\n\nA\nhttps://a.example/x_y\n1. B");
    }

    @Test
    void titlesAreCutBetweenCharactersAndInvisibleOnesDoNotDiffer() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";
        ReplyContent.Interactive list = tappable(message(
                "ListPicker", "'title':'T','elements':[{'title':'Our tickets, " + family + " family'},{'title':'B'}]"));
        assertThat(list.more().at("/action/sections/0/rows/0/title").asText()).isEqualTo("Our tickets, …");

        assertThat(text(message("QuickReply", "'title':'Pick','elements':[{'title':'A'},{'title':'A\u200B'}]")))
                .startsWith("Pick\n\n1. A");
    }

    @Test
    void aTitleIsAnAnswerHoweverItIsWritten() {
        String buttons = json("QuickReply", "'title':'Well?','elements':[{'title':'**Yes**, please'},{'title':'No'}]");

        assertThat(InteractiveMessage.answer(buttons, "yes, please")).hasValue("**Yes**, please");
        assertThat(InteractiveMessage.answer(buttons, "ＮＯ")).hasValue("No");
        assertThat(InteractiveMessage.answer(buttons, "2. No")).isEmpty();
        assertThat(InteractiveMessage.answer(buttons, "maybe")).isEmpty();
    }

    @Test
    void theKindIsToldIfItIsAName() {
        assertThat(InteractiveMessage.kind("{\"templateType\":\"WhatsAppHsm\"}"))
                .hasValue("WhatsAppHsm");
        assertThat(InteractiveMessage.kind("{\"templateType\":\"Call +1 555 000\"}"))
                .isEmpty();
        assertThat(InteractiveMessage.kind("broken {")).isEmpty();
    }

    @Test
    void aPictureIsAboveButtonsAndElseItsAddressIsShown() {
        String picture = "'title':'Which?','imageType':'URL','imageData':'https://shop.example/a.jpg',";
        ReplyContent.Interactive buttons = (ReplyContent.Interactive)
                message("QuickReply", picture + "'elements':[{'title':'Red'},{'title':'Blue'}]");
        ReplyContent.Interactive other = (ReplyContent.Interactive) message(
                "QuickReply", picture.replace(".jpg", "?id=7") + "'elements':[{'title':'Red'},{'title':'Blue'}]");
        ReplyContent.Interactive list = (ReplyContent.Interactive)
                message("ListPicker", picture + "'elements':[{'title':'Red','subtitle':'499 EUR'},{'title':'Blue'}]");

        assertThat(buttons.more().at("/header/image/link").asText()).isEqualTo("https://shop.example/a.jpg");
        assertThat(buttons.more().at("/body/text").asText()).isEqualTo("Which?");
        assertThat(other.more().has("header")).isFalse();
        assertThat(other.more().at("/body/text").asText()).isEqualTo("Which?\nhttps://shop.example/a?id=7");
        assertThat(list.more().has("header")).isFalse();
        assertThat(list.more().at("/body/text").asText()).isEqualTo("Which?\nhttps://shop.example/a.jpg");
        assertThat(message(
                                "ListPicker",
                                "'title':'Which?','imageType':'DATA','imageData':'AAAA','elements':[{'title':'Red'}]")
                        .toString())
                .doesNotContain("AAAA");
    }

    @Test
    void aPlaceHasALinkToAMap() {
        ReplyContent.Interactive list = (ReplyContent.Interactive) message(
                "TimePicker",
                "'title':'When?','location':{'latitude':52.5,'longitude':13.4,'title':'Gate'},"
                        + "'timeslots':[{'date':'2026-01-31T17:00+00:00','duration':60}]");

        assertThat(list.more().at("/body/text").asText())
                .isEqualTo("When?\nGate\nhttps://www.google.com/maps/search/?api=1&query=52.5,13.4");
    }

    private static String panel(String identifier, String title, String subtitle, String choice) {
        return "{'templateIdentifier':'" + identifier + "','templateType':'Panel','data':{'content':{'title':'" + title
                + "','subtitle':'" + subtitle + "','elements':[{'title':'" + choice + "'}]}}}";
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
