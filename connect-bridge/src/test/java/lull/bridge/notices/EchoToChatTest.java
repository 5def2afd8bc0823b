package lull.bridge.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
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
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.text.AgentTexts;
import lull.text.Quotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoToChatTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final String COLLEAGUE = "[a colleague wrote in the business app] ";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private final ScriptedChat chat = new ScriptedChat();
    private final EchoToChat flow = new EchoToChat(
            book,
            new ParticipantCalls(book, () -> {}, chat),
            chat,
            AgentTexts.load("en", Optional.empty()),
            100,
            new Quotes(10),
            new NoticeMetrics(registry));

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    'type':'text','text':{'body':'We are open'}~We are open
                    'type':'image','image':{'id':'7','caption':'our door'}~[image] our door
                    'type':'document','document':{'id':'7','filename':'bill.pdf'}~[document bill.pdf]
                    'type':'audio','audio':{'id':'7','voice':true}~[voice note]
                    'type':'location','location':{'name':'Shop','address':'Platz 1'}~[location] Shop, Platz 1
                    'type':'contacts','contacts':[{'name':{'formatted_name':'Bo'}}]~[contact] Bo
                    'type':'reaction','reaction':{'message_id':'m','emoji':'👍'}~[reaction] 👍
                    'type':'revoke','revoke':{'original_message_id':'m'}~[deleted a message]
                    'type':'edit','edit':{'original_message_id':'m','message':{'type':'text','text':{'body':'at 5'}}}~[edited message] at 5
                    'type':'hologram','hologram':{'title':'Look'}~[message of unknown type hologram] Look
                    """)
    void theAgentOfTheOpenChatReadsIt(String content, String shown) throws InterruptedException {
        open(new Customer(null, "1555", null));

        assertThat(handle("smb_message_echoes", "'to':'1555'," + content)).isEqualTo(Outcome.DONE);
        assertThat(chat.said()).containsExactly(COLLEAGUE + shown);
        assertThat(count("shown")).isEqualTo(1);
    }

    @Test
    void findsTheChatByEitherId() throws InterruptedException {
        open(new Customer("US.1", "1555", null));
        handle("message_echoes", "'to_user_id':'US.1','type':'text','text':{'body':'one'}");
        handle("smb_message_echoes", "'to':'1555','to_user_id':'US.1','type':'text','text':{'body':'two'}");

        assertThat(chat.said()).containsExactly(COLLEAGUE + "one", COLLEAGUE + "two");
    }

    @Test
    void aLongTextIsToldInParts() throws InterruptedException {
        open(new Customer(null, "1555", null));
        handle(
                "smb_message_echoes",
                "'to':'1555','type':'text','text':{'body':'"
                        + "word ".repeat(40).strip() + "'}");

        assertThat(chat.said())
                .hasSizeGreaterThan(2)
                .allMatch(text -> text.length() <= 100)
                .as("none of them is taken for the customer's words")
                .allMatch(text -> text.startsWith(COLLEAGUE));
        assertThat(String.join(" ", chat.said()).replace(COLLEAGUE, ""))
                .isEqualTo("word ".repeat(40).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'to':'1666','type':'text','text':{'body':'somebody else'}",
                "'type':'text','text':{'body':'nobody'}",
                "'to':'1555','timestamp':'1000','type':'text','text':{'body':'before the chat'}"
            })
    void nobodyIsToldOfWhatConcernsNoOpenChat(String echo) throws InterruptedException {
        open(new Customer(null, "1555", null));

        assertThat(handle("smb_message_echoes", echo)).isEqualTo(Outcome.DONE);
        assertThat(chat.said()).isEmpty();
    }

    @Test
    void otherEventsAreNone() throws InterruptedException {
        open(new Customer(null, "1555", null));

        assertThat(handle("account_update", "'to':'1555','type':'text','text':{'body':'x'}"))
                .isEqualTo(Outcome.DONE);
        assertThat(chat.said()).isEmpty();
    }

    @Test
    void isTriedAgainWhileConnectFailsAndNotForever() throws InterruptedException {
        open(new Customer(null, "1555", null));
        String echo = "'to':'1555','type':'text','text':{'body':'x'}";
        chat.failsWith(429);
        assertThat(handle("smb_message_echoes", echo)).isInstanceOf(Outcome.Retry.class);
        assertThat(flow.handle(incoming("smb_message_echoes", echo, 5), () -> {}))
                .isEqualTo(Outcome.DONE);
        assertThat(count("given_up")).isEqualTo(1);
        chat.failsWith(400);
        assertThat(handle("smb_message_echoes", echo)).isEqualTo(Outcome.DONE);
        assertThat(count("refused")).isEqualTo(1);
        chat.failsWith(403);
        assertThat(handle("smb_message_echoes", echo)).isEqualTo(Outcome.DONE);
        assertThat(count("no_chat")).isEqualTo(1);
    }

    private void open(Customer customer) {
        String id = Optional.ofNullable(customer.userId()).orElse("1555");
        book.write(new Chat(
                "c1", new ConversationKey("100", id), customer, "t-0-1", 1, NOW, "p", "c", NOW.plusSeconds(60), null));
    }

    private Outcome handle(String field, String echo) throws InterruptedException {
        return flow.handle(incoming(field, echo, 0), () -> {});
    }

    private static Incoming<AccountEvent> incoming(String field, String echo, int attempt) {
        String raw =
                "{'field':'" + field + "','value':{'metadata':{'phone_number_id':'100'},'message_echoes':[{'id':'w1',"
                        + echo + "},{'no':'id'}]}}";
        try {
            AccountEvent event = new AccountEvent(
                    field,
                    "9",
                    null,
                    NOW.plusSeconds(30),
                    new Source("meta", "default"),
                    Json.tree(raw.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            return new Incoming<>(0, 1, 1, "100", event, NOW, attempt);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private double count(String exit) {
        return registry.get("lull.bridge.echoes").tag("exit", exit).counter().count();
    }
}
