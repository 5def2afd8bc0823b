package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.text.InteractiveMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberedChoicesTest {

    private static final Chat CHAT = new Chat(
            "c1",
            new ConversationKey("100", "1555"),
            new Customer(null, "1555", null),
            "t-0-1",
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            "p",
            "c",
            Instant.parse("2026-01-02T00:00:00Z"),
            null);

    private static final String QUESTION = Json.text(
                    "{'templateType':'ListPicker','data':{'content':{'title':'Help','elements':[{'title':'Bill'},"
                            + "{'title':'Page','type':'hyperlink','url':'https://a.example'},{'title':'Other'}]}}}")
            .replace("'", "\\\"");

    private final ScriptedChat chat = new ScriptedChat();
    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private final NumberedChoices choices = new NumberedChoices(new ParticipantCalls(book, () -> {}, chat), chat);

    @Test
    void theNumberStandsForTheExactTitleOfWhatWasAskedLast() throws InterruptedException {
        asked("SYSTEM");
        chat.has("{'Type':'MESSAGE','ParticipantRole':'CUSTOMER','ContentType':'text/plain','Content':'Hm'}");
        chat.has("{'Type':'EVENT','ParticipantRole':'AGENT'}");

        assertThat(choices.answer(CHAT, "2", Optional.empty())).hasValue("Other");
        assertThat(choices.answer(CHAT, "3", Optional.empty())).isEmpty();
    }

    @Test
    void aNumberIsANumberOnceSomethingElseWasSaid() throws InterruptedException {
        asked("AGENT");
        chat.has("{'Type':'MESSAGE','ParticipantRole':'AGENT','ContentType':'text/plain','Content':'How many?'}");

        assertThat(choices.answer(CHAT, "2", Optional.empty())).isEmpty();
    }

    @Test
    void aNumberStaysOneWhereConnectDoesNotAnswer() throws InterruptedException {
        asked("SYSTEM");
        chat.failsWith(429);

        assertThat(choices.answer(CHAT, "2", Optional.empty())).isEmpty();
    }

    @Test
    void aQuotedNumberAnswersTheQuotedQuestion() throws InterruptedException {
        asked("SYSTEM");
        asked(
                "SYSTEM",
                QUESTION.replace("Help", "When?").replace("Bill", "Today").replace("Other", "Tomorrow"));
        chat.has("{'Type':'MESSAGE','ParticipantRole':'SYSTEM','ContentType':'text/plain','Content':'Or call us'}");

        assertThat(choices.answer(CHAT, "2", Optional.of("Help 1. Bill Page https://a.example 2. Other")))
                .hasValue("Other");
        assertThat(choices.answer(CHAT, "2", Optional.of("When? 1. Today Page https://a.example 2. Tomorrow")))
                .hasValue("Tomorrow");
        assertThat(choices.answer(CHAT, "2", Optional.of("Or call us"))).isEmpty();
        assertThat(choices.answer(CHAT, "2", Optional.of("something else"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Other",
                "other",
                " OTHER\n",
                "Ｏｔｈｅｒ",
                "2. Other",
                "2 other",
                "(2) Other",
                "2️⃣ Other",
                "٢. Other"
            })
    void theTitleOfAChoiceStandsForItHoweverItIsWritten(String said) throws InterruptedException {
        asked("SYSTEM");

        assertThat(choices.answer(CHAT, said, Optional.empty())).hasValue("Other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1. Other", "Page", "Another", "2 others", "3. Other", "0 Other", ""})
    void otherTextsStandForNothing(String said) throws InterruptedException {
        asked("SYSTEM");

        assertThat(choices.answer(CHAT, said, Optional.empty())).isEmpty();
    }

    private void asked(String role) {
        asked(role, QUESTION);
    }

    private void asked(String role, String question) {
        book.write(CHAT);
        chat.has("{'Type':'MESSAGE','ParticipantRole':'" + role + "','ContentType':'" + InteractiveMessage.CONTENT_TYPE
                + "','Content':" + question + "}");
    }
}
