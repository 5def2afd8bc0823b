package lull.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.ingress.Outgoing.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00.123Z");
    private static final String METADATA = "'metadata':{'phone_number_id':'1','display_phone_number':'1555'}";

    private final WebhookReader reader = new WebhookReader("whatsapp.message.received", new Source("meta", "default"));

    @Test
    void makesEveryMessageOfEveryEntryARecordOfItsConversation() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':[" + entry(value(text("a", "15550001001"), text("b", "15550001002")))
                + "," + entry(value(text("c", "15550001001"))) + "]}");

        assertThat(records)
                .extracting(Outgoing::key)
                .containsExactly("1|15550001001", "1|15550001002", "1|15550001001");
        Message first = message(records.getFirst());
        assertThat(first.id()).isEqualTo("wamid.a");
        assertThat(first.receivedAt()).isEqualTo(NOW);
        assertThat(first.business().accountId()).isEqualTo("9");
        assertThat(first.raw().path("text").path("body").asText()).isEqualTo("a");
    }

    @Test
    void keepsTheWholeWebhookWhereAMessageIsMoreThanARecordTakesAndTakesItsNeighbours() {
        String emoji = "\uD83D\uDE00".repeat(700_000);
        byte[] body = ("{'entry':["
                        + entry(value(
                                text("a", "15550001001"),
                                text("b", "15550001002").replace("'b'", "'" + emoji + "'")))
                        + "]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);

        List<Outgoing> records = reader.read(body, NOW);

        assertThat(records).extracting(Outgoing::kind).containsExactly(Kind.MESSAGE, Kind.UNPARSED);
        assertThat(records.getLast().value()).isEqualTo(body);
    }

    @Test
    void findsTheContactByItsIdAndNotByItsPosition() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':["
                + entry(METADATA
                        + ",'contacts':[{'wa_id':'2','profile':{'name':'Two'}},{'wa_id':'1','user_id':'US.1','profile':{'name':'One'}}]"
                        + ",'messages':[" + text("a", "1") + "," + text("b", "2") + "]")
                + "]}");

        assertThat(message(records.get(0)).customer().name()).isEqualTo("One");
        assertThat(message(records.get(0)).conversation()).hasToString("1|US.1");
        assertThat(message(records.get(1)).customer().name()).isEqualTo("Two");
    }

    @Test
    void needsNoPhoneNumberWhereThereIsAUserId() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'user_id':'US.7','profile':{'username':'ann'}}]"
                        + ",'messages':[{'id':'w','type':'text','text':{'body':'x'}}]")
                + "]}");

        Message message = message(records.getFirst());
        assertThat(message.conversation()).hasToString("1|US.7");
        assertThat(message.customer().displayName()).isEqualTo("ann");
        assertThat(message.customer().phone()).isNull();
    }

    @Test
    void neverPutsTwoUnidentifiedSendersIntoOneConversation() {
        List<Outgoing> records =
                read("{'entry':[" + entry(value("{'id':'w1','type':'text'}", "{'id':'w2','type':'text'}")) + "]}");

        assertThat(records).extracting(Outgoing::key).containsExactly("1|unidentified:w1", "1|unidentified:w2");
    }

    @Test
    void makesAGroupOneConversationAndKeepsTheSender() throws UnreadableJson {
        List<Outgoing> records =
                read("{'entry':[" + entry(value("{'from':'5','group_id':'g1','id':'w','type':'text'}")) + "]}");

        assertThat(records.getFirst().key()).isEqualTo("1|group:g1");
        assertThat(message(records.getFirst()).customer().phone()).isEqualTo("5");
    }

    @Test
    void keysAStatusByTheConversationThatItsReplyNamed() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':["
                + entry(METADATA
                        + ",'statuses':[{'id':'w','status':'sent','recipient_id':'5'},"
                        + "{'id':'w','status':'read','recipient_id':'5','biz_opaque_callback_data':'1|reply-9|1|US.5'},"
                        + "{'id':'w','status':'read','recipient_id':'g','recipient_type':'group'},"
                        + "{'id':'w','status':'sent','recipient_id':'5','biz_opaque_callback_data':'of someone else'}]")
                + "]}");

        assertThat(records).extracting(Outgoing::key).containsExactly("1|5", "1|US.5", "1|group:g", "1|5");
        assertThat(records).extracting(Outgoing::kind).containsOnly(Kind.STATUS);
        assertThat(Json.read(records.get(1).value(), MessageStatus.class).status())
                .isEqualTo("read");
    }

    @Test
    void givesAMessageWithoutIdOneThatIsTheSameEachTime() throws UnreadableJson {
        String webhook = "{'entry':[" + entry(value("{'from':'5','type':'text','text':{'body':'x'}}")) + "]}";

        String id = message(read(webhook).getFirst()).id();

        assertThat(id)
                .startsWith("sha256:")
                .isEqualTo(message(read(webhook).getFirst()).id());
    }

    @Test
    void keepsEverythingThatIsNoMessageAsAnEvent() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':["
                + "{'id':'9','changes':[{'field':'account_update','value':{'event':'PARTNER_ADDED'}},"
                + "{'field':'smb_message_echoes','value':{" + METADATA + ",'message_echoes':[{'id':'e'}]}},"
                + "{'field':'messages','value':{" + METADATA
                + ",'errors':[{'code':130429}],'user_actions':[{'x':1}],'messages':['not an object']}},"
                + "{'field':'messages'}]},"
                + "{'id':'9','changes':null},'not an entry']}");

        assertThat(records).extracting(Outgoing::kind).containsOnly(Kind.EVENT);
        assertThat(records)
                .extracting(record -> event(record).field())
                .containsExactly(
                        "account_update", "smb_message_echoes", "messages", "errors", "messages", "messages", "", "");
        assertThat(event(records.get(4)).raw().path("user_actions").isArray()).isTrue();
    }

    @Test
    void keepsWhatStandsBesideWhatItUnderstands() throws UnreadableJson {
        List<Outgoing> records =
                read("{'future':1,'entry':[{'id':'9','later':2,'changes':[{'field':'messages','value':{" + METADATA
                        + ",'messages':[" + text("a", "5") + "]},'soon':3}]}]}");

        assertThat(records)
                .extracting(Outgoing::kind)
                .containsExactly(Kind.MESSAGE, Kind.EVENT, Kind.EVENT, Kind.EVENT);
        assertThat(event(records.get(1)).raw()).hasToString("{\"soon\":3}");
        assertThat(event(records.get(2)).raw()).hasToString("{\"later\":2}");
        assertThat(event(records.get(3)).raw()).hasToString("{\"future\":1}");
    }

    @Test
    void keepsAChangeThatHasNoMessageInIt() throws UnreadableJson {
        List<Outgoing> records = read("{'entry':[" + entry(METADATA + ",'contacts':[{'wa_id':'5'}]") + "]}");

        assertThat(records).extracting(Outgoing::kind).containsExactly(Kind.EVENT);
        assertThat(event(records.getFirst())
                        .raw()
                        .path("value")
                        .path("contacts")
                        .isArray())
                .isTrue();
    }

    @Test
    void costsNoNeighbourWhereOneElementIsBad() {
        List<Outgoing> records = read("{'entry':[" + entry(value("7", text("b", "2"), "{}")) + "]}");

        assertThat(records).extracting(Outgoing::kind).containsExactly(Kind.EVENT, Kind.MESSAGE, Kind.MESSAGE);
    }

    @Test
    void takesTheTestButtonOfTheDashboard() {
        List<Outgoing> records =
                read("{'field':'messages','value':{" + METADATA + ",'messages':[" + text("a", "5") + "]}}");

        assertThat(records).extracting(Outgoing::kind).containsExactly(Kind.MESSAGE);
    }

    @Test
    void findsNothingInAnEmptyWebhook() {
        assertThat(read("{'object':'whatsapp_business_account','entry':[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"entry\":{}}", "null", "{} {}", "not json"})
    void keepsABodyItCannotReadWholeAndSaysWhy(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        List<Outgoing> records = reader.read(bytes, NOW);

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().topic()).isEqualTo("whatsapp.webhook.unparsed");
        assertThat(records.getFirst().value()).isEqualTo(bytes);
        assertThat(records.getFirst().headers().get("lull-reason")).isNotBlank();
    }

    @Test
    void takesAThousandUpdatesAtOnce() {
        StringBuilder messages = new StringBuilder(text("0", "15550001000"));
        for (int i = 1; i < 1_000; i++) {
            messages.append(',').append(text(Integer.toString(i), Integer.toString(i % 7)));
        }

        assertThat(read("{'entry':[" + entry(METADATA + ",'messages':[" + messages + "]") + "]}"))
                .hasSize(1_000);
    }

    private List<Outgoing> read(String webhook) {
        return reader.read(webhook.replace('\'', '"').getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String entry(String value) {
        return "{'id':'9','changes':[{'field':'messages','value':{" + value + "}}]}";
    }

    private static String value(String... messages) {
        return METADATA + ",'messages':[" + String.join(",", messages) + "]";
    }

    private static String text(String id, String from) {
        return "{'from':'" + from + "','id':'wamid." + id + "','timestamp':'1767607200','type':'text','text':{'body':'"
                + id + "'}}";
    }

    private static Message message(Outgoing record) throws UnreadableJson {
        return (Message) Json.read(record.value(), InputRecord.class);
    }

    private static AccountEvent event(Outgoing record) {
        try {
            return Json.read(record.value(), AccountEvent.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
