package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
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

        assertThat(choices.answer(CHAT, 2)).hasValue("Other");
        assertThat(choices.answer(CHAT, 3)).isEmpty();
    }

    @Test
    void aNumberIsANumberOnceSomethingElseWasSaid() throws InterruptedException {
        asked("AGENT");
        chat.has("{'Type':'MESSAGE','ParticipantRole':'AGENT','ContentType':'text/plain','Content':'How many?'}");

        assertThat(choices.answer(CHAT, 2)).isEmpty();
    }

    @Test
    void aNumberStaysOneWhereConnectDoesNotAnswer() throws InterruptedException {
        asked("SYSTEM");
        chat.failsWith(429);

        assertThat(choices.answer(CHAT, 2)).isEmpty();
    }

    private void asked(String role) {
        book.write(CHAT);
        chat.has("{'Type':'MESSAGE','ParticipantRole':'" + role + "','ContentType':'" + InteractiveMessage.CONTENT_TYPE
                + "','Content':" + QUESTION + "}");
    }
}
