package lull.ingress.webhook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Content;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.ingress.webhook.IngressRecord.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00.123Z");
    private static final String METADATA = "'metadata':{'phone_number_id':'1','display_phone_number':'1555'}";

    private final WebhookReader reader =
            new WebhookReader(new InputRoutes(Map.of(), "whatsapp.message.received"), new Source("meta", "default"));

    @Test
    void makesEveryMessageOfEveryEntryARecordOfItsConversation() throws UnreadableJson {
        List<IngressRecord> records =
                read("{'entry':[" + entry(value(text("a", "15550001001"), text("b", "15550001002"))) + ","
                        + entry(value(text("c", "15550001001"))) + "]}");

        assertThat(records)
                .extracting(IngressRecord::key)
                .containsExactly("1|15550001001", "1|15550001002", "1|15550001001");
        Message first = message(records.getFirst());
        assertThat(first.id()).isEqualTo("wamid.a");
        assertThat(first.receivedAt()).isEqualTo(NOW);
        assertThat(first.business().accountId()).isEqualTo("9");
        assertThat(first.raw().path("text").path("body").asText()).isEqualTo("a");
    }

    @Test
    void letsEverythingTravelOnAsItCame() throws UnreadableJson {
        String raw = "{'id':'wamid.a', 'from':'5','type':'text','text':{'body':'\\\\u00e4 \\\\ud83d'},'n':1.50,'n':2}";

        List<IngressRecord> records = read("{'entry':[" + entry(value(raw)) + "]}");

        assertThat(new String(records.getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"raw\":" + raw.replace('\'', '"') + "}");
        assertThat(message(records.getFirst()).id()).isEqualTo("wamid.a");
    }

    @Test
    void losesNothingWhereNamesAreThereTwice() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':[" + entry(value(text("a", "5"))) + "],'entry':["
                + entry(value(text("b", "5")) + ",'messages':[" + text("c", "6") + "]")
                + "],'entry':7}");

        assertThat(records)
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.MESSAGE, Kind.MESSAGE, Kind.MESSAGE, Kind.EVENT);
        assertThat(event(records.getLast()).raw()).hasToString("{\"entry\":7}");
    }

    @Test
    void costsNoNeighbourWhereAMessageIsMoreThanARecordTakes() {
        String huge = "5".repeat(3_000_000);

        List<IngressRecord> records =
                read("{'entry':[" + entry(value(text("a", "15550001001"), text("b", huge))) + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE, Kind.UNPARSED);
        assertThat(new String(records.getLast().value(), StandardCharsets.UTF_8))
                .isEqualTo(text("b", huge).replace('\'', '"'));
    }

    @Test
    void costsNoNeighbourWhereAMessageIsNestedTooDeep() {
        String deep = "{'id':'d','from':'5','x':" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

        List<IngressRecord> records = read("{'entry':[" + entry(value(text("a", "5"), deep, text("b", "5"))) + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE, Kind.UNPARSED, Kind.MESSAGE);
        assertThat(new String(records.get(1).value(), StandardCharsets.UTF_8)).isEqualTo(deep.replace('\'', '"'));
        assertThat(records.get(1).headers()).containsKeys("lull-reason", "lull-door", "lull-app");
    }

    @Test
    void keepsTheWholeWhereItsPartsWouldBeFarMore() {
        String name = "n".repeat(500_000);
        String messages = String.join(",", Collections.nCopies(50, "{'from':'5'}"));

        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'5','profile':{'name':'" + name + "'}}],'messages':["
                        + messages + "]")
                + "]}");

        assertThat(records.getLast().kind()).isEqualTo(Kind.UNPARSED);
        assertThat(records).hasSizeLessThan(10);
    }

    @Test
    void costsNoNeighbourWhereANumberIsEndless() {
        String endless = "{'id':'d','from':" + "7".repeat(1_200) + "}";

        List<IngressRecord> records = read("{'entry':[" + entry(value(text("a", "5"), endless, text("b", "5"))) + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE, Kind.UNPARSED, Kind.MESSAGE);
    }

    @Test
    void keepsWhatItFoundBeforeItsPartsBecameFarMore() {
        String messages = String.join(",", Collections.nCopies(20_000, "{'from':'5'}"));

        List<IngressRecord> records = read("{'entry':[" + entry(METADATA + ",'messages':[" + messages + "]") + "]}");

        assertThat(records.getFirst().kind()).isEqualTo(Kind.MESSAGE);
        assertThat(records.getLast().kind()).isEqualTo(Kind.UNPARSED);
        assertThat(records.size()).isBetween(1_000, 20_000);
    }

    @Test
    void opensSoManyEnvelopesAndNoMore() {
        String nested = "{'whatsAppWebhookEntry':".repeat(30_000) + "{}" + "}".repeat(30_000);

        assertThat(read(nested)).extracting(IngressRecord::kind).contains(Kind.UNPARSED);
        assertThat(read("{'Records':[{'body':".repeat(10_000) + "{}" + "}]}".repeat(10_000)))
                .extracting(IngressRecord::kind)
                .contains(Kind.UNPARSED);
    }

    /// Twenty thousand of each would take a quarter of a minute if each were looked for among all.
    @Test
    void findsTheContactsOfManyMessages() throws UnreadableJson {
        StringJoiner contacts = new StringJoiner(",");
        StringJoiner messages = new StringJoiner(",");
        for (int i = 0; i < 20_000; i++) {
            contacts.add("{'wa_id':'" + i + "','profile':{'name':'n" + i + "'}}");
            messages.add("{'id':'" + i + "','from':'" + i + "'}");
        }
        String body = METADATA + ",'contacts':[" + contacts + "],'messages':[" + messages + "]";

        List<IngressRecord> records = read("{'entry':[" + entry(body) + "]}");

        assertThat(message(records.get(1_000)).customer().name()).isEqualTo("n1000");
    }

    @Test
    void recordsNoAliasThatIsNoId() {
        String endless = "1".repeat(100_000);

        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'messages':[{'from':'5','id':'w','type':'system','system':{'user_id':'US.1',"
                        + "'previous_user_id':'" + endless + "'}}]")
                + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE);
    }

    @Test
    void recordsAnAliasForEachIdThatAChangedNumberTakesWithIt() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'messages':[{'from':'5','from_user_id':'US.1','id':'w','type':'system','system':{"
                        + "'type':'user_changed_number','wa_id':'6','user_id':'US.2','previous_user_id':'US.1',"
                        + "'parent_user_id':'US.ENT.2','previous_parent_user_id':'US.ENT.1'}}]")
                + "]}");

        assertThat(records)
                .filteredOn(record -> record.kind() == Kind.ALIAS)
                .extracting(IngressRecord::key)
                .containsExactly("5", "US.1", "US.ENT.1");
        assertThat(records.getFirst().key()).isEqualTo("1|US.1");
    }

    @Test
    void aChangedUserIdWithoutASenderBelongsToTheConversationThatThereHasBeen() {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'messages':[{'id':'w','type':'system','system':{'type':'user_changed_user_id',"
                        + "'user_id':'US.2','previous_user_id':'US.1'}}]")
                + "]}");

        assertThat(records).extracting(IngressRecord::key).containsExactly("1|US.1", "US.1");
    }

    @Test
    void readsNoIdOutOfASentence() {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'messages':[{'id':'w','type':'system','system':{'type':'user_changed_user_id',"
                        + "'user_id':'US.2','body':'User Ann changed from US.1 to US.2'}}]")
                + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE);
    }

    @Test
    void believesNoConversationOfAnotherBusinessNumber() {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA
                        + ",'statuses':[{'id':'w','recipient_id':'5','biz_opaque_callback_data':'1|r|2|US.5'}]")
                + "]}");

        assertThat(records.getFirst().key()).isEqualTo("1|5");
    }

    @Test
    void sendsEachBusinessNumberToItsTopic() {
        WebhookReader routed = new WebhookReader(
                new InputRoutes(Map.of("1", "whatsapp.sales.received"), "whatsapp.message.received"),
                new Source("meta", "default"));
        String two = METADATA.replace("'1'", "'2'");

        List<IngressRecord> records = routed.read(
                ("{'entry':[" + entry(value(text("a", "5"))) + "," + entry(two + ",'messages':[" + text("b", "5") + "]")
                                + "]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8),
                NOW);

        assertThat(records)
                .extracting(IngressRecord::topic)
                .containsExactly("whatsapp.sales.received", "whatsapp.message.received");
    }

    @Test
    void tellsWhoACustomerIsNow() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'5','user_id':'US.1','parent_user_id':'US.ENT.1',"
                        + "'profile':{'username':'@ann'},'later':1}],'messages':[{'from':'5','id':'w','type':'system',"
                        + "'system':{'type':'user_changed_number','new_wa_id':'6'}},{'id':'v','type':'system',"
                        + "'system':{'type':'user_changed_user_id','user_id':'US.2','previous_user_id':'US.1'}}]")
                + ",{'id':'9','changes':[{'field':'user_id_update','value':{" + METADATA
                + ",'user_id_update':[{'user_id':{'previous':'US.2','current':'US.3'}}]}}]}]}");

        assertThat(records)
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.MESSAGE, Kind.ALIAS, Kind.MESSAGE, Kind.ALIAS, Kind.EVENT);
        assertThat(records)
                .filteredOn(record -> record.kind() == Kind.ALIAS)
                .extracting(IngressRecord::key)
                .containsExactly("5", "US.1");
        assertThat(Json.read(records.get(3).value(), CustomerAlias.class))
                .isEqualTo(new CustomerAlias("US.1", "US.2", "1", "v", NOW));
        Message first = message(records.getFirst());
        assertThat(first.customer()).isEqualTo(new Customer("US.1", "5", null, "US.ENT.1", "ann"));
        assertThat(first.customer().displayName()).isEqualTo("ann");
        assertThat(requireNonNull(first.contact()).path("later").asInt()).isEqualTo(1);
        assertThat(message(records.get(2)).conversation()).hasToString("1|US.1");
    }

    @Test
    void keepsContactsThatNobodyWroteWith() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'8'}],'messages':[" + text("a", "5") + "]") + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE, Kind.EVENT);
        assertThat(event(records.getLast()).raw()).hasToString("{\"contacts\":[{\"wa_id\":\"8\"}]}");
        assertThat(message(records.getFirst()).customer().displayName()).isEqualTo("****");
    }

    @Test
    void keepsMetadataThatItDoesNotKnowAndTheTimeOfAnEntry() {
        List<IngressRecord> records =
                read("{'entry':[{'id':'9','time':1767607200,'changes':[{'field':'flows','value':{}},"
                        + "{'field':'messages','value':{'metadata':{'phone_number_id':'1','new':2},'messages':["
                        + text("a", "5")
                        + "]}}]}]}");

        assertThat(event(records.getFirst()).at()).isEqualTo(Instant.ofEpochSecond(1767607200));
        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT, Kind.MESSAGE, Kind.EVENT);
        assertThat(event(records.getLast()).raw().path("metadata").path("new").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("framesOfAws")
    void readsWhatAwsPutsAroundAnEntry(String frame) throws UnreadableJson {
        List<IngressRecord> records = reader.read(frame.getBytes(StandardCharsets.UTF_8), NOW);

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE);
        assertThat(message(records.getFirst()).id()).isEqualTo("wamid.a");
        assertThat(message(records.getFirst()).business().arn()).isEqualTo("arn:1");
    }

    static List<String> framesOfAws() {
        String entry = entry(value(text("a", "5"))).replace('\'', '"');
        String context = "\"context\":{\"MetaPhoneNumberIds\":[\"x\",{\"metaPhoneNumberId\":1,\"arn\":\"arn:1\"}]},";
        String asText = "{" + context + "\"whatsAppWebhookEntry\":" + Json.text(entry)
                + ",\"aws_account_id\":\"1\",\"message_timestamp\":\"2026-01-05T10:00:00.123456789Z\",\"messageId\":\"m\"}";
        String notification = "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":" + Json.text(asText) + "}";
        return List.of(
                asText,
                "{" + context + "\"whatsAppWebhookEntry\":" + entry + "}",
                "{" + context + "\"whatsAppWebhookEntry\":"
                        + Json.text("{\"object\":\"whatsapp_business_account\",\"entry\":[" + entry + "]}") + "}",
                notification,
                "{\"Records\":[{\"Sns\":" + notification + "}]}",
                "{\"Records\":[{\"messageId\":\"q\",\"body\":" + Json.text(notification) + "}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'whatsAppWebhookEntry':{'id':'9','changes':null}}",
                "{'whatsAppWebhookEntry':'{}'}",
                "{'whatsAppWebhookEntry':'no JSON'}",
                "{'TopicArn':'t','Message':'hello'}",
                "{'Records':[7]}",
                "{'Records':[{'Sns':{'Message':'hello'}}]}",
                "{'Records':[{'body':'hello'}]}"
            })
    void keepsWhatItDoesNotKnowInTheFramesOfAws(String frame) {
        List<IngressRecord> records = read(frame);

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().kind()).isIn(Kind.EVENT, Kind.UNPARSED);
    }

    @Test
    void findsTheContactByItsIdAndNotByItsPosition() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA
                        + ",'contacts':[{'wa_id':'2','profile':{'name':'Two'}},{'wa_id':'1','user_id':'US.1','profile':{'name':'One'}}]"
                        + ",'messages':[" + text("a", "1") + "," + text("b", "2") + "]")
                + "]}");

        assertThat(message(records.get(0)).customer().name()).isEqualTo("One");
        assertThat(message(records.get(0)).conversation()).hasToString("1|US.1");
        assertThat(message(records.get(1)).customer().name()).isEqualTo("Two");
    }

    @ParameterizedTest
    @CsvSource({
        "551187654321, 5511987654321",
        "5511987654321, 551187654321",
        "552138765432, 5521938765432",
        "5215512345678, 525512345678",
        "525512345678, 5215512345678",
        "5491155501234, 541155501234",
        "541155501234, 5491155501234",
        "+551187654321, 5511987654321"
    })
    void findsTheContactUnderAnotherFormOfThePhoneNumber(String from, String waId) throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'1','profile':{'name':'One'}},{'wa_id':'" + waId
                        + "','profile':{'name':'Bruna'}}],'messages':[" + text("a", from) + "," + text("b", "1") + "]")
                + "]}");

        assertThat(records).hasSize(2);
        assertThat(message(records.getFirst()).customer().name()).isEqualTo("Bruna");
        assertThat(message(records.getFirst()).customer().phone()).isEqualTo(from);
        assertThat(message(records.getFirst()).conversation()).hasToString("1|" + from);
    }

    @ParameterizedTest
    @CsvSource({
        // Other countries, other area codes, other numbers, and numbers that are too short or too long.
        "4911512345678, 491512345678",
        "551187654321, 5521987654321",
        "551187654321, 5511987654322",
        "55118765432, 551198765432",
        "525512345678, 5225512345678",
        "541155501234, 5481155501234",
        "12125550100, 121295550100"
    })
    void takesNoContactForAnotherFormThatIsAnotherNumber(String from, String waId) throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'" + waId + "','profile':{'name':'Bruna'}}],'messages':["
                        + text("a", from) + "]")
                + "]}");

        assertThat(message(records.getFirst()).customer().name()).isNull();
        assertThat(records.getLast().kind()).isEqualTo(Kind.EVENT);
    }

    @Test
    void neverGivesAContactToAnotherFormOfANumberThatSomebodyHas() throws UnreadableJson {
        String contact = ",'contacts':[{'wa_id':'5511987654321','profile':{'name':'Bruna'}}]";
        List<IngressRecord> both = read("{'entry':["
                + entry(METADATA + contact + ",'messages':[" + text("a", "551187654321") + ","
                        + text("b", "5511987654321") + "]")
                + "]}");
        assertThat(message(both.get(0)).customer().name()).isNull();
        assertThat(message(both.get(1)).customer().name()).isEqualTo("Bruna");

        List<IngressRecord> reported = read("{'entry':["
                + entry(METADATA + contact + ",'messages':[" + text("a", "551187654321")
                        + "],'statuses':[{'id':'w','status':'sent','recipient_id':'5511987654321'}]")
                + "]}");
        assertThat(message(reported.getFirst()).customer().name()).isNull();

        List<IngressRecord> otherUser = read("{'entry':["
                + entry(
                        METADATA
                                + ",'contacts':[{'wa_id':'5511987654321','user_id':'BR.1','profile':{'name':'Bruna'}}]"
                                + ",'messages':[{'id':'w','from':'551187654321','from_user_id':'BR.2','type':'text','text':{'body':'x'}}]")
                + "]}");
        assertThat(message(otherUser.getFirst()).customer().name()).isNull();

        List<IngressRecord> two = read("{'entry':["
                + entry(METADATA
                        + ",'contacts':[{'wa_id':'5511987654321','profile':{'name':'A'}},{'wa_id':'+5511987654321','profile':{'name':'B'}}]"
                        + ",'messages':[" + text("a", "551187654321") + "]")
                + "]}");
        assertThat(message(two.getFirst()).customer().name()).isNull();
    }

    @Test
    void makesACustomersCallThatIsOverAMessageBesideTheEvent() throws UnreadableJson {
        String call = "{'id':'wacid.A','from':'5','to':'1555','event':'terminate','direction':'USER_INITIATED',"
                + "'status':'FAILED','timestamp':'1795718423'}";
        List<IngressRecord> records = read("{'entry':[{'id':'9','changes':[{'field':'calls','value':{" + METADATA
                + ",'contacts':[{'wa_id':'5','profile':{'name':'Cal'}}],'calls':[" + call + "]}}]}]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT, Kind.MESSAGE);
        assertThat(event(records.getFirst()).field()).isEqualTo("calls");
        Message message = message(records.getLast());
        assertThat(message.id()).isEqualTo("wacid.A");
        assertThat(message.conversation()).hasToString("1|5");
        assertThat(message.customer().name()).isEqualTo("Cal");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_795_718_423));
        assertThat(message.content()).isEqualTo(new Content.Call(true, Instant.ofEpochSecond(1_795_718_423), null));
    }

    @Test
    void makesACustomerWhomMetaBusinessAgentLeavesToTheBusinessAMessageBesideTheEvent() throws UnreadableJson {
        List<IngressRecord> records = read(handover("ai_agent", "escalation"));

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT, Kind.MESSAGE);
        Message message = message(records.getLast());
        assertThat(message.conversation()).hasToString("1|5");
        assertThat(message.business().displayPhoneNumber()).isEqualTo("1555");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_750_101_000));
        assertThat(message.content()).isEqualTo(new Content.TakeOver("wants a person", "Asks for a refund"));
        assertThat(message(read(handover("ai_agent", "escalation")).getLast()).id())
                .as("WhatsApp may send it again")
                .isEqualTo(message.id());
    }

    @ParameterizedTest
    @CsvSource({"escalation, ai_agent", "escalation, escalation", "'', escalation", "ai_agent, ''"})
    void otherHandOversAreEventsOnly(String from, String to) {
        assertThat(read(handover(from, to))).extracting(IngressRecord::kind).containsExactly(Kind.EVENT);
    }

    private static String handover(String from, String to) {
        return "{'entry':[{'id':'9','changes':[{'field':'messaging_handovers','value':{'messaging_product':'whatsapp',"
                + "'sender':{'phone_number':'5'},'recipient':{'phone_number_id':'1','display_phone_number':'1555'},"
                + "'type':'control_passed','timestamp':'1750101000','control_passed':{'previous_owner_role':'" + from
                + "','new_owner_role':'" + to + "','metadata':'wants a person',"
                + "'conversation_context':{'type':'summary','summary':{'text':'Asks for a refund'}}}}}]}]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'c','from':'5','event':'connect','direction':'USER_INITIATED','timestamp':'1'}",
                "{'id':'c','from':'1555','to':'5','event':'terminate','direction':'BUSINESS_INITIATED','status':'FAILED'}",
                "{'id':'c','from':'1555','to':'5','event':'terminate','status':'FAILED'}",
                "{'id':'c','event':'terminate','direction':'USER_INITIATED'}",
                "{'event':5}",
                "'x'",
                "null"
            })
    void othersCallsAreEventsOnly(String call) {
        List<IngressRecord> records = read("{'entry':[{'id':'9','changes':[{'field':'calls','value':{" + METADATA
                + ",'calls':[" + call + "]}}]}]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT);
    }

    @Test
    void needsNoPhoneNumberWhereThereIsAUserId() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
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
        List<IngressRecord> records =
                read("{'entry':[" + entry(value("{'id':'w1','type':'text'}", "{'id':'w2','type':'text'}")) + "]}");

        assertThat(records).extracting(IngressRecord::key).containsExactly("1|unidentified:w1", "1|unidentified:w2");
    }

    @Test
    void makesAGroupOneConversationAndKeepsTheSender() throws UnreadableJson {
        List<IngressRecord> records =
                read("{'entry':[" + entry(value("{'from':'5','group_id':'g1','id':'w','type':'text'}")) + "]}");

        assertThat(records.getFirst().key()).isEqualTo("1|group:g1");
        assertThat(message(records.getFirst()).customer().phone()).isEqualTo("5");
    }

    @Test
    void keysAStatusByTheConversationThatItsReplyNamed() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA
                        + ",'statuses':[{'id':'w','status':'sent','recipient_id':'5'},"
                        + "{'id':'w','status':'read','recipient_id':'5','biz_opaque_callback_data':'1|reply-9|1|US.5'},"
                        + "{'id':'w','status':'read','recipient_id':'g','recipient_type':'group'},"
                        + "{'id':'w','status':'sent','recipient_id':'5','biz_opaque_callback_data':'of someone else'}]")
                + "]}");

        assertThat(records).extracting(IngressRecord::key).containsExactly("1|5", "1|US.5", "1|group:g", "1|5");
        assertThat(records).extracting(IngressRecord::kind).containsOnly(Kind.STATUS);
        assertThat(Json.read(records.get(1).value(), MessageStatus.class).status())
                .isEqualTo("read");
    }

    @Test
    void theStatusSentOfAReplyIsAlsoAnAnswerInItsConversation() throws UnreadableJson {
        List<IngressRecord> records = read(statuses(status("sent", "5", "1|reply-9/1|1|US.5")));

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.STATUS, Kind.ANSWER);
        IngressRecord answer = records.getLast();
        assertThat(answer.topic()).isEqualTo("whatsapp.message.received");
        assertThat(answer.key())
                .isEqualTo("1|US.5")
                .isEqualTo(records.getFirst().key());
        assertThat(answer.facts()).isNull();
        assertThat(new String(answer.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"answer\",\"conversation\":\"1|US.5\",\"sentAt\":\"2026-01-05T09:59:58Z\"}");
    }

    @Test
    void anAnswerHasTheKeyOfTheMessagesOfItsConversation() {
        List<IngressRecord> records = read("{'entry':["
                + entry(value(text("a", "5")) + ",'statuses':[" + status("sent", "5", "1|r|1|5") + ","
                        + status("sent", "g", "1|r|1|group:g") + "]")
                + ","
                + entry(value("{'id':'wamid.g','from':'5','group_id':'g','type':'text','text':{'body':'b'}}"))
                + "]}");

        assertThat(records)
                .filteredOn(record -> record.kind() != Kind.STATUS)
                .extracting(IngressRecord::kind, IngressRecord::key)
                .containsExactly(
                        tuple(Kind.MESSAGE, "1|5"),
                        tuple(Kind.ANSWER, "1|5"),
                        tuple(Kind.ANSWER, "1|group:g"),
                        tuple(Kind.MESSAGE, "1|group:g"));
    }

    @ParameterizedTest
    @CsvSource({
        "delivered, 1|r|1|5",
        "read, 1|r|1|5",
        "played, 1|r|1|5",
        "failed, 1|r|1|5",
        "SENT, 1|r|1|5",
        "'', 1|r|1|5",
        "sent, of someone else",
        "sent, ''",
        "sent, 2|r|1|5",
        "sent, 1|r",
        "sent, 1|r|1",
        "sent, 1|r|1|",
        "sent, 1|r|2|5"
    })
    void noOtherStatusIsAnAnswer(String status, String callback) {
        assertThat(read(statuses(status(status, "5", callback))))
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.STATUS);
    }

    @Test
    void aStatusWithoutDataOfOursIsNoAnswer() {
        assertThat(read(statuses("{'id':'w','status':'sent','recipient_id':'5'}")))
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.STATUS);
        assertThat(read(statuses("{'id':'w','status':'sent','biz_opaque_callback_data':{'text':'1|r|1|5'}}")))
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.STATUS);
    }

    @Test
    void aStatusThatWhatsAppReportsTwiceIsTwoEqualAnswers() {
        String status = status("sent", "5", "1|r|1|5");

        List<IngressRecord> records = read(statuses(status, status));

        assertThat(records)
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.STATUS, Kind.ANSWER, Kind.STATUS, Kind.ANSWER);
        assertThat(records.get(1).value()).isEqualTo(records.get(3).value());
    }

    @Test
    void theAnswerOfABusinessNumberGoesToItsInputTopic() {
        WebhookReader routed =
                new WebhookReader(new InputRoutes(Map.of("2", "quick"), "usual"), new Source("meta", "default"));
        String other =
                statuses(status("sent", "5", "1|r|2|5")).replace("'phone_number_id':'1'", "'phone_number_id':'2'");

        assertThat(routed.read(bytes(other), NOW))
                .extracting(IngressRecord::topic)
                .containsExactly("whatsapp.message.status", "quick");
        assertThat(routed.read(bytes(statuses(status("sent", "5", "1|r|1|5"))), NOW))
                .extracting(IngressRecord::topic)
                .containsExactly("whatsapp.message.status", "usual");
    }

    @Test
    void anAnswerWhoseTimeIsUnreadableWasGivenWhenItsStatusCame() {
        String status = "{'id':'w','status':'sent','timestamp':'soon','biz_opaque_callback_data':'1|r|1|5'}";

        assertThat(new String(read(statuses(status)).getLast().value(), StandardCharsets.UTF_8))
                .contains("\"sentAt\":\"" + NOW + "\"");
    }

    @Test
    void noAnswerIsLargerThanARealOne() {
        List<IngressRecord> records = read(statuses(status("sent", "5", "1|r|1|" + "5".repeat(30_000))));

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.STATUS);
    }

    @Test
    void aThousandStatusesOfOneBodyAreAThousandAnswers() {
        String[] statuses = IntStream.range(0, 1_000)
                .mapToObj(i -> status("sent", "1555000" + i, "1|0b9c6a40-6f5f-4c39-a4b5-" + i + "|1|1555000" + i))
                .toArray(String[]::new);

        assertThat(read(statuses(statuses)))
                .extracting(IngressRecord::kind)
                .hasSize(2_000)
                .containsOnly(Kind.STATUS, Kind.ANSWER);
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
        List<IngressRecord> records = read("{'entry':["
                + "{'id':'9','changes':[{'field':'account_update','value':{'event':'PARTNER_ADDED'}},"
                + "{'field':'smb_message_echoes','value':{" + METADATA + ",'message_echoes':[{'id':'e'}]}},"
                + "{'field':'messages','value':{" + METADATA
                + ",'errors':[{'code':130429}],'user_actions':[{'x':1}],'messages':['not an object']}},"
                + "{'field':'messages'}]},"
                + "{'id':'9','changes':null},'not an entry']}");

        assertThat(records).extracting(IngressRecord::kind).containsOnly(Kind.EVENT);
        assertThat(records)
                .extracting(record -> event(record).field())
                .containsExactly(
                        "account_update", "smb_message_echoes", "messages", "errors", "messages", "messages", "", "");
        assertThat(event(records.get(4)).raw().path("user_actions").isArray()).isTrue();
    }

    @Test
    void keepsWhatStandsBesideWhatItUnderstands() throws UnreadableJson {
        List<IngressRecord> records =
                read("{'future':1,'entry':[{'id':'9','later':2,'changes':[{'field':'messages','value':{" + METADATA
                        + ",'messages':[" + text("a", "5") + "]},'soon':3}]}]}");

        assertThat(records)
                .extracting(IngressRecord::kind)
                .containsExactly(Kind.MESSAGE, Kind.EVENT, Kind.EVENT, Kind.EVENT);
        assertThat(event(records.get(1)).raw()).hasToString("{\"soon\":3}");
        assertThat(event(records.get(2)).raw()).hasToString("{\"later\":2}");
        assertThat(event(records.get(3)).raw()).hasToString("{\"future\":1}");
    }

    @Test
    void keepsAChangeThatHasNoMessageInIt() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':[" + entry(METADATA + ",'contacts':[{'wa_id':'5'}]") + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT);
        assertThat(event(records.getFirst())
                        .raw()
                        .path("value")
                        .path("contacts")
                        .isArray())
                .isTrue();
    }

    @Test
    void costsNoNeighbourWhereOneElementIsBad() {
        List<IngressRecord> records = read("{'entry':[" + entry(value("7", text("b", "2"), "{}")) + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.EVENT, Kind.MESSAGE, Kind.MESSAGE);
    }

    @Test
    void takesTheTestButtonOfTheDashboard() {
        List<IngressRecord> records =
                read("{'field':'messages','value':{" + METADATA + ",'messages':[" + text("a", "5") + "]}}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE);
    }

    @Test
    void findsNothingInAnEmptyWebhook() {
        assertThat(read("{'object':'whatsapp_business_account','entry':[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"entry\":{}}",
                "null",
                "{} {}",
                "not json",
                "\"text\"",
                "{\"a\":1}",
                "{\"entry\":[]",
                "\u0000{}"
            })
    void keepsABodyItCannotReadWholeAndSaysWhy(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        List<IngressRecord> records = reader.read(bytes, NOW);

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().topic()).isEqualTo("whatsapp.webhook.unparsed");
        assertThat(records.getFirst().value()).isEqualTo(bytes);
        assertThat(records.getFirst().headers().get("lull-reason")).isNotBlank();
    }

    @Test
    void keepsMetadataThatNamesNoNumberButSaysMore() throws UnreadableJson {
        List<IngressRecord> records = read("{'entry':["
                + entry(
                        "'metadata':{'phone_number_id':'2'},'metadata':{'phone_number_id':{'a':1},'phone_number_id':'1'}"
                                + ",'messages':[" + text("a", "5") + "]")
                + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.MESSAGE, Kind.EVENT);
        assertThat(new String(records.getLast().value(), StandardCharsets.UTF_8))
                .contains("{\"metadata\":{\"phone_number_id\":\"2\"},\"metadata\":{\"phone_number_id\":{\"a\":1}");
        assertThat(message(records.getFirst()).conversation()).hasToString("1|5");
    }

    @Test
    void keepsEventsThatNobodyCouldReadAsTheyAre() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        String longName = "{\"" + "n".repeat(60_000) + "\":1}";

        for (String value : List.of(deep, longName)) {
            List<IngressRecord> records = read("{'entry':[],'later':" + value + "}");

            assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.UNPARSED);
            assertThat(new String(records.getFirst().value(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"later\":" + value + "}");
        }
    }

    @Test
    void keepsTheContactOfAMessageThatIsMoreThanARecordTakes() {
        String name = "n".repeat(4_200_000);

        List<IngressRecord> records = read("{'entry':["
                + entry(METADATA + ",'contacts':[{'wa_id':'5','profile':{'name':'" + name + "'}}],'messages':["
                        + text("a", "5") + "]")
                + "]}");

        assertThat(records).extracting(IngressRecord::kind).containsExactly(Kind.UNPARSED, Kind.EVENT);
        assertThat(event(records.getLast())
                        .raw()
                        .path("contacts")
                        .path(0)
                        .path("profile")
                        .path("name")
                        .asText())
                .isEqualTo(name);
    }

    @Test
    void keepsHalfACharacterAsTheEscapeThatItWas() throws UnreadableJson {
        String half = "\\ud83d";
        String entry = entry(value(text("a", "5"))).replace('\'', '"');

        List<IngressRecord> records =
                read("{'whatsAppWebhookEntry':" + Json.text(entry).replace("wamid.a", half) + "}");

        assertThat(message(records.getFirst()).raw().path("id").asText()).isEqualTo("\ud83d");
    }

    @Test
    void keepsWhatStandsBesideAnEventInARecordOfLambda() {
        List<IngressRecord> records = read("{'Records':[{'EventSource':'aws:sns','new':1,'Sns':{'newer':2,'Message':"
                + Json.text("{\"entry\":[]}") + "}}]}");

        assertThat(records)
                .extracting(record -> event(record).raw().toString())
                .containsExactly("{\"new\":1}", "{\"newer\":2}");
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

    private List<IngressRecord> read(String webhook) {
        return reader.read(bytes(webhook), NOW);
    }

    private static byte[] bytes(String webhook) {
        return webhook.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(String value) {
        return "{'id':'9','changes':[{'field':'messages','value':{" + value + "}}]}";
    }

    private static String value(String... messages) {
        return METADATA + ",'messages':[" + String.join(",", messages) + "]";
    }

    private static String statuses(String... statuses) {
        return "{'entry':[" + entry(METADATA + ",'statuses':[" + String.join(",", statuses) + "]") + "]}";
    }

    /// A status of the second before the body came, in the form of WhatsApp's.
    private static String status(String status, String recipient, String callback) {
        return "{'id':'wamid.w','status':'" + status + "','timestamp':'1767607198','recipient_id':'" + recipient
                + "','biz_opaque_callback_data':'" + callback
                + "','conversation':{'id':'c','origin':{'type':'service'}},"
                + "'pricing':{'billable':false,'pricing_model':'PMP','category':'service','type':'free_customer_service'}}";
    }

    private static String text(String id, String from) {
        return "{'from':'" + from + "','id':'wamid." + id + "','timestamp':'1767607200','type':'text','text':{'body':'"
                + id + "'}}";
    }

    private static Message message(IngressRecord record) throws UnreadableJson {
        return (Message) Json.read(record.value(), InputRecord.class);
    }

    private static AccountEvent event(IngressRecord record) {
        try {
            return Json.read(record.value(), AccountEvent.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
