package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.PartitionRule;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.route.RoutesInForce;
import lull.aggregator.turn.AggregatorReaders;
import lull.aggregator.turn.OpenTurnList;
import lull.applications.assistant.AssistantReaders;
import lull.applications.chatwoot.OutcomeToChatwoot;
import lull.applications.persons.ChatsInUse;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.archive.rows.ArchiveRow;
import lull.archive.rows.RecordToRows;
import lull.bridge.outbound.events.EventReaders;
import lull.chatwoot.CallbackReader;
import lull.console.pages.RuleForms;
import lull.contract.ActionPerformed;
import lull.contract.DeadLetterHandled;
import lull.contract.SettingChange;
import lull.contract.account.AccountFact;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.JsonSerde;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.TopicLayout;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.ingress.IngressReaders;
import lull.ingress.channel.ChannelDoor;
import lull.ingress.channel.ChannelRecords;
import lull.ingress.channel.EvolutionDoor;
import lull.ingress.channel.JsonDoor;
import lull.ingress.channel.JsonStatusDoor;
import lull.ingress.channel.TelegramDoor;
import lull.ingress.channel.ZApiDoor;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.queue.QueueReaders;
import lull.runtime.sns.SnsReaders;
import lull.text.AgentReaders;
import lull.whatsapp.account.AccountFacts;
import lull.whatsapp.account.KnownAccounts;
import lull.whatsapp.provider.ProviderReaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every reader of foreign bytes ends in a value or in `UnreadableJson`, whatever it is fed. What it reads can be
/// written, and read again.
final class AbsurdJsonTest {

    private static final String MESSAGE = """
            {"id":"wamid.1","from":"15550001001","from_user_id":"US.1","timestamp":"1767225600","type":"@type@",\
            "context":{"id":"wamid.0","from":"1","forwarded":true,"referred_product":{"catalog_id":"1","product_retailer_id":"2"}},\
            "referral":{"source_url":"u","source_type":"ad","source_id":"i","headline":"h","ctwa_clid":"c"},\
            "identity":{"hash":"h","created_timestamp":1767225600,"acknowledged":true},"group_id":"g",\
            "errors":[{"code":131051,"title":"t","error_data":{"details":"d"}}],"@type@":@content@}""";

    private static final List<String> MESSAGES = List.of(
            message("text", "{\"body\":\"Hello\"}"),
            message(
                    "image",
                    "{\"id\":\"1\",\"mime_type\":\"image/jpeg\",\"sha256\":\"s\",\"caption\":\"c\",\"filename\":\"f\",\"voice\":true,\"url\":\"u\"}"),
            message(
                    "location",
                    "{\"latitude\":52.5,\"longitude\":13.25,\"name\":\"n\",\"address\":\"a\",\"url\":\"https://example.org\"}"),
            message(
                    "contacts",
                    "[{\"name\":{\"formatted_name\":\"n\"},\"phones\":[{\"phone\":\"1\",\"wa_id\":\"1\",\"type\":\"t\"}],\"birthday\":\"2000-01-01\",\"vcard\":\"FN:x\",\"emails\":[{\"email\":\"e\"}]}]"),
            message(
                    "interactive",
                    "{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"n\",\"body\":\"b\",\"response_json\":\"{}\"}}"),
            message(
                    "interactive",
                    "{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"i\",\"title\":\"t\",\"description\":\"d\"}}"),
            message(
                    "interactive",
                    "{\"type\":\"call_permission_reply\",\"call_permission_reply\":{\"response\":\"accept\",\"expiration_timestamp\":1767225600}}"),
            message(
                    "order",
                    "{\"catalog_id\":\"c\",\"text\":\"t\",\"product_items\":[{\"product_retailer_id\":\"p\",\"quantity\":2,\"item_price\":1.5,\"currency\":\"EUR\"}]}"),
            message("reaction", "{\"message_id\":\"wamid.0\",\"emoji\":\"x\"}"),
            message("system", "{\"type\":\"user_changed_number\",\"body\":\"b\",\"wa_id\":\"2\",\"user_id\":\"US.2\"}"),
            message(
                    "edit",
                    "{\"original_message_id\":\"wamid.0\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"b\"}}}"),
            message(
                    "call",
                    "{\"id\":\"c\",\"status\":\"COMPLETED\",\"start_time\":\"1767225600\",\"timestamp\":\"1767225601\",\"duration\":30}"),
            message("unsupported", "{\"type\":\"poll\"}"),
            message("hologram", "{\"title\":\"t\",\"depth\":3,\"parts\":[{\"label\":\"l\",\"value\":1.5}]}"));

    private static final String WEBHOOK = """
            {"object":"whatsapp_business_account","entry":[{"id":"9","time":1767225600,"changes":[{"field":"messages",\
            "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"1555","phone_number_id":"1"},\
            "contacts":[{"profile":{"name":"N","username":"@u"},"wa_id":"15550001001","user_id":"US.1"}],\
            "messages":[@message@],"statuses":[{"id":"wamid.2","status":"sent","timestamp":"1767225600","recipient_id":"2",\
            "biz_opaque_callback_data":"1|r|1|2","errors":[{"code":1}],"pricing":{"billable":true}}]}},\
            {"field":"calls","value":{"metadata":{"phone_number_id":"1"},"calls":[{"id":"c","from":"2","event":"terminate",\
            "timestamp":"1767225600","duration":1,"direction":"USER_INITIATED"}]}}]}]}""";

    private static final String ENVELOPE = """
            "conversation":"1|15550001001","receivedAt":"2026-01-05T10:00:00.123Z",\
            "source":{"door":"meta","app":"default"},\
            "business":{"phoneNumberId":"1","displayPhoneNumber":"1555","accountId":"9"},""";

    private static final String CUSTOMER =
            "\"customer\":{\"userId\":\"US.1\",\"phone\":\"15550001001\",\"name\":\"N\"}";

    private static final String EVENT = """
            {"AbsoluteTime":"2026-01-01T00:00:00.120Z","Content":"Hi","ContentType":"text/plain","Id":"e1","Type":"@type@",\
            "ParticipantId":"p","DisplayName":"Ana","ParticipantRole":"AGENT","InitialContactId":"c1","ContactId":"c2",\
            "Attachments":[{"AttachmentId":"a","AttachmentName":"n","ContentType":"image/png","Status":"APPROVED"}]}""";

    private static final String SNS = """
            {"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:us-east-1:111122223333:whatsapp","Message":"{}",\
            "Timestamp":"2026-01-05T10:00:00.000Z","SignatureVersion":"1","Signature":"AAAA",\
            "SigningCertURL":"http://127.0.0.1:1/cert.pem","UnsubscribeURL":"http://127.0.0.1:1/",\
            "MessageAttributes":{"MessageVisibility":{"Type":"String","Value":"ALL"}}}""";

    private static final Map<ChannelDoor, String> DOORS = Map.of(
            new JsonDoor("shop"),
            """
            {"messages":[{"id":"m-1","account":"a","from":{"id":"user-7","name":"N","phone":"+15550001001"},"sentAt":"2026-01-05T10:00:00Z",\
            "replyTo":"m-0","type":"media","media":{"kind":"image","url":"https://files.example/1","caption":"c","voice":true}},\
            {"id":"m-2","from":{"id":"user-7"},"type":"location","location":{"latitude":52.5,"longitude":13.25,"name":"n"}},\
            {"id":"m-3","from":{"id":"user-7"},"type":"edit","edit":{"target":"m-1","text":"t"}}]}""",
            new JsonStatusDoor("shop"),
            """
            {"statuses":[{"callback":"1|app-1|json.shop|user-7","status":"failed","messageId":"c-1","at":"2026-01-05T10:00:00Z","code":5}]}""",
            new TelegramDoor("shop"),
            """
            {"update_id":1,"message":{"message_id":2,"from":{"id":3,"is_bot":false,"first_name":"N","last_name":"M","username":"u"},\
            "chat":{"id":3,"type":"private"},"date":1767225600,"photo":[{"file_id":"f","width":1}],"caption":"c",\
            "reply_to_message":{"message_id":1},"forward_origin":{"type":"user"}}}""",
            new ZApiDoor("shop"),
            """
            {"type":"ReceivedCallback","messageId":"Z1","phone":"15550001001","fromMe":false,"momment":1767225600123,"senderName":"N",\
            "referenceMessageId":"Z0","forwarded":true,"document":{"documentUrl":"u","fileName":"f","mimeType":"application/pdf"}}""",
            new EvolutionDoor("shop"),
            """
            {"event":"messages.upsert","data":{"key":{"id":"E1","remoteJid":"15550001001@s.whatsapp.net","fromMe":false},"pushName":"N",\
            "message":{"locationMessage":{"degreesLatitude":52.5,"degreesLongitude":13.25,"name":"n"}},"messageTimestamp":1767225600,\
            "contextInfo":{"stanzaId":"E0","isForwarded":true}}}""");

    /// Classes that read foreign JSON and are fed by this test, by themselves or by what they hand the bytes to.
    private static final Set<String> FED = Set.of(
            "lull.aggregator.gap.GapModel",
            "lull.aggregator.route.RoutesInForce",
            "lull.aggregator.turn.InputEvent",
            "lull.aggregator.turn.OpenTurnView",
            "lull.aggregator.turn.QuickReader",
            "lull.applications.assistant.AssistantAnswer",
            "lull.applications.chatwoot.OutcomeToChatwoot",
            "lull.applications.persons.ChatsInUse",
            "lull.applications.turns.AnswerReader",
            "lull.archive.rows.RecordToRows",
            "lull.bridge.Chats",
            "lull.bridge.chats.BegunConversations",
            "lull.bridge.chats.ChatFollower",
            "lull.console.pages.AccountsPage",
            "lull.text.QuoteFollower",
            "lull.text.Rendering",
            "lull.connect.ChatEventParser",
            "lull.text.InteractiveMessage",
            "lull.cli.Repartitioning",
            "lull.cli.WhatsAppStatusCommand",
            "lull.cli.erasure.TopicErasure",
            "lull.console.pages.RuleForms",
            "lull.cli.deadletters.DeadLetterStore",
            "lull.cli.deadletters.TrialReader",
            "lull.contract.json.JsonSerde",
            "lull.ingress.channel.ChannelRecords",
            "lull.ingress.channel.EvolutionDoor",
            "lull.ingress.action.PerformedActions",
            "lull.ingress.channel.JsonDoor",
            "lull.ingress.channel.TelegramDoor",
            "lull.ingress.channel.ZApiDoor",
            "lull.ingress.chatwoot.ChatwootRoute",
            "lull.ingress.webhook.RawJson",
            "lull.ingress.reply.ReplyReader",
            "lull.ingress.reply.status.ReplyFollower",
            "lull.lanes.ValueReader",
            "lull.lanes.results.KafkaPartitionTailReader",
            "lull.runtime.kafka.RecordedPartitions",
            "lull.runtime.queue.QueuePolicy",
            "lull.runtime.sns.SnsEnvelope",
            "lull.whatsapp.account.KnownAccounts",
            "lull.whatsapp.provider.ProviderTemplate");

    /// Classes that look at a tree's members and convert none of them by themselves; a tree is what `Json.tree` gives.
    private static final Set<String> ONLY_LOOK_AT_A_TREE = Set.of(
            "lull.aggregator.operator.GapChangeHandler",
            "lull.aggregator.operator.Peers",
            "lull.aggregator.operator.RouteHandler",
            "lull.applications.assistant.ArchivedHistory",
            "lull.applications.assistant.ModelHttpClient",
            "lull.applications.lambda.AwsLambdaApplication",
            "lull.chatwoot.ChatwootClient",
            "lull.ingress.action.ActionRoutes",
            "lull.whatsapp.GraphClient",
            "lull.whatsapp.channel.ChannelHttp",
            "lull.whatsapp.provider.ProviderSender",
            "lull.archive.erasure.PersonalColumns",
            "lull.archive.http.ErasureRequest",
            "lull.cli.ArchiveClient",
            "lull.cli.ConversationsClient",
            "lull.cli.campaign.CampaignProgress",
            "lull.cli.DeadLetterCommand",
            "lull.cli.FlagCommand",
            "lull.cli.ActionArguments",
            "lull.cli.WhatsAppRunCommand",
            "lull.cli.GapModelCommand",
            "lull.cli.GapAdviseCommand",
            "lull.cli.GapSetCommand",
            "lull.cli.GapShowCommand",
            "lull.cli.ProcessCheck",
            "lull.cli.RouteCommand",
            "lull.cli.SendCommand",
            "lull.cli.advice.GapAdviser",
            "lull.cli.ServiceCall",
            "lull.cli.TrialReply",
            "lull.cli.deadletters.KafkaDeadLetters",
            "lull.cli.erasure.Trail",
            "lull.console.figures.ProcessVisit",
            "lull.console.sources.SourceClient");

    /// Classes that read only what is in their own jar.
    private static final Set<String> READ_THEIR_OWN = Set.of(
            "lull.aggregator.gap.GapModels",
            "lull.aggregator.gap.Words",
            "lull.cli.cost.Prices",
            "lull.whatsapp.action.ActionDescriptor");

    private static void channel(ChannelDoor door, byte[] document) throws UnreadableJson {
        Instant now = Instant.parse("2026-01-05T10:00:00Z");
        if (door.read(document, now, new Source("json", "shop")) instanceof ChannelDoor.Reading.Accepted accepted) {
            for (IngressRecord record : ChannelRecords.of(accepted, "input")) {
                use(Json.tree(record.value()));
            }
        }
    }

    /// What a store has was written by this project; a store that cannot be read stops the process.
    private static void routes(byte[] document) throws UnreadableJson {
        try {
            use(RoutesInForce.of(document));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnreadableJson unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }

    /// A form answers with a sentence, whatever is in it.
    private static void form(byte[] document, BiFunction<JsonNode, Map<String, String>, RuleForms.Request> reader)
            throws UnreadableJson {
        JsonNode report = Json.tree("{\"inForce\":[{\"revision\":1,\"routes\":[],\"flags\":[]}]}".getBytes(UTF_8));
        RuleForms.Request request = reader.apply(report, Map.of("do", "restore", "rules", new String(document, UTF_8)));
        if (request instanceof RuleForms.Request.Put(List<?> list, Map<String, String> undo)) {
            use(list);
            use(undo);
        }
    }

    private static void answer(byte[] document) throws Exception {
        Answer answer = new AnswerReader(10).read(document);
        for (Answer.Said said : answer.replies()) {
            use(said.content());
        }
        if (answer.handOver() != null) {
            use(answer.handOver());
        }
    }

    /// Reads a document; what it throws but `UnreadableJson` fails the test.
    private interface Reader {
        void read(byte[] document) throws Exception;
    }

    /// Who reads JSON, and a sensible document for it.
    private record Case(String name, String sensible, Reader reader) {

        /// Reads every so many of the absurd documents that are made of the sensible one.
        DynamicTest test(int every) {
            return DynamicTest.dynamicTest(name, () -> {
                AtomicInteger count = new AtomicInteger();
                AbsurdJson.of(sensible)
                        .filter(_ -> count.getAndIncrement() % every == 0)
                        .forEach(document -> read(reader, document));
            });
        }
    }

    /// All documents take a minute and a half. A prime, so that each kind of value has its turn.
    private static final int SOME = 61;

    @TestFactory
    Stream<DynamicTest> someEndInAValueOrInUnreadableJson() {
        return cases().stream().map(each -> each.test(SOME));
    }

    @Tag("proof")
    @TestFactory
    Stream<DynamicTest> endInAValueOrInUnreadableJson() {
        return cases().stream().map(each -> each.test(1));
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("any JSON", "{}", document -> use(Json.tree(document))));
        for (String message : MESSAGES) {
            String name = message.replaceAll(".*\\],\"(\\w+\":.{0,40}).*", "$1");
            cases.add(new Case("a webhook of " + name, WEBHOOK.replace("@message@", message), AbsurdJsonTest::webhook));
            String record = "{\"kind\":\"message\",\"id\":\"wamid.1\"," + ENVELOPE + CUSTOMER
                    + ",\"contact\":{\"wa_id\":\"1\"},\"raw\":" + message + "}";
            cases.add(new Case("a record of " + name, record, AbsurdJsonTest::arrival));
            cases.add(new Case("a turn of " + name, turn(message), document -> turn(Json.read(document, Turn.class))));
        }
        cases.add(new Case("a webhook within an event of SNS", envelope(), AbsurdJsonTest::webhook));
        DOORS.forEach((door, document) -> cases.add(
                new Case("a request for " + door.getClass().getSimpleName(), document, bytes -> channel(door, bytes))));
        cases.add(new Case(
                "what was done with a dead letter",
                "{\"topic\":\"t.dlq\",\"partition\":1,\"offset\":7,\"action\":\"replayed\",\"by\":\"Ana\","
                        + "\"at\":\"2026-01-05T10:00:00Z\",\"why\":\"w\"}",
                document -> use(Json.read(document, DeadLetterHandled.class))));
        cases.add(new Case(
                "a fact of an account",
                "{\"subject\":\"template\",\"id\":\"7\",\"name\":\"n\",\"aspect\":\"status\",\"value\":\"PAUSED\","
                        + "\"urgency\":\"critical\",\"until\":\"2026-01-05T10:00:00Z\",\"field\":\"f\","
                        + "\"at\":\"2026-01-05T10:00:00Z\"}",
                document -> {
                    AccountFact fact = Json.read(document, AccountFact.class);
                    use(fact);
                    use(fact.key());
                    KnownAccounts known = new KnownAccounts();
                    known.take(fact.key(), document, 0);
                    use(known.all(Instant.parse("2026-01-05T10:00:00Z")));
                }));
        cases.add(new Case(
                "a conversation that was begun",
                "{\"replyId\":\"app-1\",\"conversation\":\"1|2\"," + CUSTOMER
                        + ",\"template\":\"t\",\"values\":[\"17\"],\"beginning\":{\"by\":\"Ana\",\"note\":\"n\","
                        + "\"attributes\":{\"queue\":\"sales\"}},\"at\":\"2026-01-05T10:00:00Z\",\"answeredBy\":\"t\"}",
                document -> {
                    use(Json.read(document, ConversationBegun.class));
                    serde(ConversationBegun.class, document);
                }));
        cases.add(new Case(
                "an action of the business",
                "{\"attempt\":\"a\",\"action\":\"create_link\",\"state\":\"done\",\"by\":\"Ana\","
                        + "\"at\":\"2026-01-05T10:00:00Z\",\"digest\":\"d\",\"code\":7,\"reference\":\"r\"}",
                document -> use(Json.read(document, ActionPerformed.class))));
        cases.add(new Case(
                "a setting",
                "{\"kind\":\"setting\",\"gap\":\"PT8S\",\"businessNumber\":\"1\"}",
                AbsurdJsonTest::arrival));
        cases.add(new Case(
                "a rule of the gap",
                "{\"kind\":\"rule\",\"rule\":{\"policy\":\"adaptive\",\"lambda\":66.5,\"floor\":\"PT2S\",\"cap\":\"PT20S\"},\"businessNumber\":\"1\"}",
                AbsurdJsonTest::arrival));
        cases.add(new Case(
                "a change of the routes",
                "{\"kind\":\"route\",\"routes\":[{\"name\":\"a\",\"app\":\"shop\",\"businessNumber\":\"1\",\"share\":12.5,\"destination\":\"bot\"}],\"revision\":1}",
                AbsurdJsonTest::arrival));
        cases.add(new Case(
                "the routes of a store",
                "{\"revision\":1,\"routes\":[{\"name\":\"a\",\"share\":12.5,\"destination\":\"bot\"}]}",
                AbsurdJsonTest::routes));
        cases.add(new Case(
                "the routes of partitions",
                "{\"partitions\":[1],\"revision\":1,\"configured\":false,\"routes\":[{\"name\":\"a\",\"share\":1,\"destination\":\"bot\"}]}",
                document -> use(Json.convert(Json.tree(document), RouteReport.InForce.class))));
        cases.add(new Case(
                "routes in a form",
                "[{\"name\":\"a\",\"app\":\"shop\",\"businessNumber\":\"1\",\"share\":12.5,\"destination\":\"bot\"}]",
                document -> form(document, RuleForms::ofRoutes)));
        cases.add(new Case(
                "rules of flags in a form",
                "[{\"flag\":\"typing\",\"businessNumber\":\"1\",\"share\":12.5,\"on\":true}]",
                document -> form(document, RuleForms::ofFlags)));
        cases.add(new Case(
                "the open turns of a partition",
                "{\"open\":2,\"oldest\":[{\"topic\":\"t\",\"partition\":1,\"id\":\"t-1-7\",\"conversation\":\"1|2\",\"openedAt\":\"2026-01-05T10:00:00Z\",\"lastAt\":\"2026-01-05T10:00:01Z\",\"closesAt\":\"2026-01-05T10:00:06Z\",\"gap\":\"PT5S\",\"messages\":2,\"limited\":false}]}",
                document -> use(Json.convert(Json.tree(document), OpenTurnList.class))));
        cases.add(new Case(
                "a change of the model",
                "{\"kind\":\"model\",\"model\":{\"version\":\"1\",\"terms\":[{\"feature\":\"rate\",\"mean\":0.5,\"deviation\":1,\"logOdds\":0.1,\"logSilence\":0.2}],\"logOdds\":-1,\"logSilence\":2,\"spread\":0.7,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":60}]}}",
                AbsurdJsonTest::arrival));
        cases.add(new Case(
                "the rules of a partition",
                "{\"model\":\"1\",\"rules\":{\"\":{\"policy\":\"shadow\",\"floor\":\"PT2S\"}},\"scores\":{\"1\":{\"turns\":1.5,\"difference\":-2,\"squares\":4,\"adaptiveDelay\":3,\"fixedDelay\":5,\"adaptiveCuts\":0,\"fixedCuts\":1,\"fallbacks\":0}}}",
                document -> use(Json.convert(Json.tree(document), PartitionRule.class))));
        cases.add(new Case(
                "a model of the gap",
                "{\"version\":\"1\",\"terms\":[{\"feature\":\"rate\",\"mean\":0.5,\"deviation\":1,\"logOdds\":0.1,\"logSilence\":0.2}],\"logOdds\":-1,\"logSilence\":2,\"spread\":0.7,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":60}]}",
                document -> use(GapModel.read(document).like(Duration.ofSeconds(12)))));
        cases.add(new Case(
                "a request for a reply",
                "{\"to\":\"15550001001\",\"from\":\"1\",\"message\":{\"type\":\"location\",\"location\":{\"latitude\":1.5,\"longitude\":\"2\",\"name\":\"n\"},\"context\":{\"message_id\":\"w\"}}}",
                document -> IngressReaders.reply(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case(
                "a request for an interactive reply",
                "{\"to\":\"15550001001\",\"message\":{\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"t\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"i\",\"title\":\"t\"}}]}}}}",
                document -> IngressReaders.reply(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case(
                "a request for a conversation",
                "{\"to\":{\"phone\":\"15550001001\"},\"from\":\"1\",\"template\":{\"name\":\"t\",\"language\":{\"code\":\"en\"},"
                        + "\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"17\"}]}]},"
                        + "\"by\":\"Ana\",\"note\":\"n\",\"attributes\":{\"queue\":\"sales\"}}",
                document -> IngressReaders.begun(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case(
                "a request for a reply in a queue",
                "{\"id\":\"i\",\"app_id\":\"shop\",\"phone_number\":\"15550001001\",\"message_to_send\":\"Hi\"}",
                document -> IngressReaders.queued(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case(
                "an answer of an application",
                "{\"replies\":[{\"type\":\"location\",\"location\":{\"latitude\":1.5,\"longitude\":\"2\",\"name\":\"n\"},\"context\":{\"message_id\":\"w\"}}],\"handover\":{\"reason\":\"r\",\"note\":\"n\",\"attributes\":{\"a\":\"b\"}}}",
                AbsurdJsonTest::answer));
        cases.add(new Case(
                "an answer of a language model",
                "{\"shouldRespond\":true,\"content\":\"Hi\",\"confidence\":0.9,\"intent\":\"other\",\"handOver\":\"no\",\"summary\":\"s\",\"actions\":[{\"name\":\"order\",\"value\":\"17\"}]}",
                document -> use(AssistantReaders.answer(document))));
        cases.add(new Case(
                "a callback of Chatwoot",
                "{\"event\":\"message_created\",\"id\":4711,\"content\":\"Hi\",\"message_type\":\"outgoing\",\"private\":false,\"content_type\":\"input_select\",\"content_attributes\":{\"in_reply_to_external_id\":\"w\",\"items\":[{\"title\":\"Red\",\"value\":\"r\"}]},\"attachments\":[{\"file_type\":\"image\",\"data_url\":\"https://desk.example/a.png\"}],\"conversation\":{\"id\":17,\"contact_inbox\":{\"source_id\":\"s\"},\"meta\":{\"sender\":{\"phone_number\":\"+15550001001\"}}}}",
                document -> use(new CallbackReader(true).read(Json.tree(document)))));
        cases.add(new Case(
                "an outcome as Chatwoot is shown it",
                "{\"outcome\":\"refused\",\"replyId\":\"app-chatwoot-desk-1-2-0\",\"part\":0,\"code\":131026,\"reason\":\"r\",\"at\":\"2026-01-05T10:00:00Z\"}",
                document -> use(OutcomeToChatwoot.reader()
                        .read(new ConsumerRecord<>("whatsapp.reply.sent", 0, 0, new byte[0], document))
                        .orElseThrow(() -> new UnreadableJson("Nothing")))));
        cases.add(new Case(
                "a chat as applications see it",
                "{\"initialContactId\":\"c\",\"instanceId\":\"i\",\"currentContactId\":\"c\",\"conversation\":\"1|15550001001\",\"customer\":{\"phone\":\"15550001001\"}}",
                document -> new ChatsInUse().take("c", document)));
        for (String type : List.of("MESSAGE", "ATTACHMENT", "EVENT")) {
            cases.add(new Case(
                    "a chat event " + type,
                    EVENT.replace("@type@", type),
                    document -> EventReaders.events(document).forEach(AbsurdJsonTest::use)));
        }
        cases.add(new Case(
                "a list picker",
                picker(),
                document -> EventReaders.interactive(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case(
                "a time picker",
                timePicker(),
                document -> EventReaders.interactive(document).forEach(AbsurdJsonTest::use)));
        cases.add(new Case("a notification", SNS, document -> use(String.valueOf(SnsReaders.envelope(document)))));
        cases.add(new Case(
                "a policy",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"sqs:*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"*\"}}}]}",
                document -> use(QueueReaders.policy(document))));
        cases.add(new Case(
                "a template of another provider",
                "{\"messages\":{\"text\":{\"method\":\"a\",\"body\":{\"t\":\"{text}\",\"q\":{\"id\":[\"{quoted}\",1.5]}}},"
                        + "\"location\":{\"body\":{\"l\":\"{#latitude}\"}}},\"messageId\":\"/id\","
                        + "\"doubt\":{\"status\":400,\"text\":\"/a/0\",\"contains\":\"E\"}}",
                ProviderReaders::template));
        cases.add(new Case(
                "an answer of another provider",
                "{\"key\":{\"id\":\"BAE5\",\"fromMe\":true},\"response\":{\"message\":[\"Error: x\"]}}",
                ProviderReaders::answer));
        RECORDS.forEach((type, sensible) -> cases.add(new Case("a " + type.getSimpleName(), sensible, document -> {
            use(Json.read(document, type));
            serde(type, document);
            archive(type, document);
        })));
        return cases;
    }

    private static final List<Topic> ARCHIVED =
            RecordToRows.followed(List.of(Topics.MESSAGE_RECEIVED.name()), List.of());

    private static final RecordToRows MAPPING = new RecordToRows(ARCHIVED);

    private static void used(List<ArchiveRow> rows) {
        assertThat(rows)
                .noneMatch(row -> row.values().values().stream()
                        .anyMatch(value -> value.toString().startsWith("failed unexpectedly")));
    }

    /// As a record of each topic of that type, and as its dead letter.
    private static void archive(Class<?> type, byte[] document) {
        for (Topic topic : ARCHIVED) {
            if (topic.value().equals(type.getSimpleName())) {
                used(MAPPING.rows(new ConsumerRecord<>(topic.name(), 0, 7, new byte[0], document)));
                String letters = topic.deadLetters().name();
                if (ARCHIVED.stream().anyMatch(other -> other.name().equals(letters))) {
                    used(MAPPING.rows(new ConsumerRecord<>(letters, 0, 7, new byte[0], document)));
                }
            }
        }
    }

    @Test
    void everyClassThatReadsJsonIsFedHere() {
        Stream<String> readers = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .importPackages("lull")
                        .stream()
                        .filter(type -> !type.getPackageName().startsWith("lull.local")
                                && !type.getPackageName().startsWith("lull.standins"))
                        .filter(AbsurdJsonTest::readsJson)
                        .map(type -> type.getName().replaceAll("\\$.*", ""))
                        .distinct();

        assertThat(readers)
                .containsExactlyInAnyOrderElementsOf(Stream.of(FED, ONLY_LOOK_AT_A_TREE, READ_THEIR_OWN)
                        .flatMap(Collection::stream)
                        .toList());
    }

    private static boolean readsJson(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> (call.getTargetOwner().isEquivalentTo(Json.class)
                                && Set.of("tree", "strictTree", "read", "stream", "convert")
                                        .contains(call.getName())
                                && !type.isEquivalentTo(Json.class))
                        || (call.getTargetOwner().getSimpleName().equals("JsonReader")
                                && !type.getPackageName().equals("lull.contract.json")));
    }

    private static final Map<Class<?>, String> RECORDS = Map.of(
            MessageStatus.class,
            "{\"id\":\"wamid.1\",\"status\":\"sent\"," + ENVELOPE
                    + "\"callback\":\"c\",\"contact\":{},\"raw\":{\"timestamp\":\"1767225600\"}}",
            AccountEvent.class,
            "{\"field\":\"f\",\"accountId\":\"9\",\"at\":\"2026-01-05T10:00:00Z\"," + ENVELOPE + "\"raw\":{\"a\":1.5}}",
            CustomerAlias.class,
            "{\"oldId\":\"a\",\"newId\":\"b\",\"businessNumber\":\"1\",\"reason\":\"r\",\"at\":\"2026-01-05T10:00:00Z\"}",
            Reply.class,
            "{\"id\":\"r\",\"conversation\":\"1|2\"," + CUSTOMER
                    + ",\"origin\":{\"kind\":\"application\",\"name\":\"n\"},\"content\":{\"kind\":\"location\",\"latitude\":1.5,\"longitude\":2,\"name\":\"n\"},\"requestedAt\":\"2026-01-05T10:00:00Z\",\"quoted\":\"q\"}",
            ReplyOutcome.class,
            "{\"kind\":\"sent\",\"replyId\":\"r\",\"part\":0,\"messageId\":\"wamid.1\",\"at\":\"2026-01-05T10:00:00Z\"}",
            Chat.class,
            "{\"initialContactId\":\"c\",\"conversation\":\"1|2\"," + CUSTOMER
                    + ",\"openedByTurn\":\"t\",\"openedByOffset\":7,\"openedAt\":\"2026-01-05T10:00:00Z\",\"connectionExpiresAt\":\"2026-01-06T10:00:00Z\",\"lastMessage\":{\"id\":\"m\",\"sentAt\":\"2026-01-05T10:00:00Z\",\"careUntil\":\"2026-01-06T10:00:00Z\"},\"formerIds\":[\"1\"]}",
            ChatEvent.class,
            "{\"id\":\"e\",\"initialContactId\":\"c\",\"at\":\"2026-01-05T10:00:00Z\",\"role\":\"AGENT\",\"what\":{\"kind\":\"said\",\"contentType\":\"text/plain\",\"content\":\"c\"},\"raw\":{\"a\":1}}",
            SentPart.class,
            "{\"turnId\":\"t\",\"part\":1,\"messageId\":\"m\",\"at\":\"2026-01-05T10:00:00Z\"}",
            SettingChange.class,
            "{\"setting\":\"turn.gap\",\"topic\":\"t\",\"businessNumber\":\"1\",\"value\":\"PT8S\",\"by\":\"b\",\"at\":\"2026-01-05T10:00:00Z\"}",
            TopicLayout.class,
            "{\"partitions\":32,\"recordedAt\":\"2026-01-05T10:00:00Z\"}");

    private static void read(Reader reader, byte[] document) {
        try {
            reader.read(document);
        } catch (UnreadableJson | SerializationException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (Throwable e) {
            fail("Read " + shown(document), e);
        }
    }

    /// Whatever a webhook brings is on a topic, and can be read there.
    private static void webhook(byte[] body) throws Exception {
        List<Map.Entry<String, byte[]>> records = IngressReaders.webhook(body);
        for (Map.Entry<String, byte[]> record : records) {
            switch (record.getKey()) {
                case "whatsapp.message.received" -> arrival(record.getValue());
                case "whatsapp.message.status" -> use(Json.read(record.getValue(), MessageStatus.class));
                case "whatsapp.account.event" -> {
                    AccountEvent event = Json.read(record.getValue(), AccountEvent.class);
                    use(event);
                    AccountFacts.of(event).forEach(AbsurdJsonTest::use);
                }
                case "whatsapp.customer.alias" -> use(Json.read(record.getValue(), CustomerAlias.class));
                default -> assertThat(record.getKey()).isEqualTo("whatsapp.webhook.unparsed");
            }
        }
    }

    private static void arrival(byte[] value) throws Exception {
        use(String.valueOf(AggregatorReaders.arrival(value)));
        InputRecord record = Json.read(value, InputRecord.class);
        use(record);
        archive(InputRecord.class, value);
        if (record instanceof Message message) {
            message.context().ifPresent(AbsurdJsonTest::use);
            message.referral().ifPresent(AbsurdJsonTest::use);
            message.identity().ifPresent(AbsurdJsonTest::use);
            use(AgentReaders.text(message.content()));
            // Whoever reads it adds spans to it, and shows it.
            use(message.sentAt().plus(Duration.ofDays(30)).toEpochMilli());
            use(message.receivedAt().plus(Duration.ofDays(30)).toEpochMilli());
        }
    }

    private static void turn(Turn turn) throws UnreadableJson {
        use(turn);
        use(String.valueOf(AgentReaders.parts(turn)));
    }

    /// What was read can be written and read again.
    private static void use(Object value) {
        byte[] written = Json.bytes(value);
        try {
            use(Json.read(written, JsonNode.class), written);
        } catch (UnreadableJson e) {
            throw new AssertionError("What was written cannot be read: " + shown(written), e);
        }
    }

    private static void use(JsonNode again, byte[] written) {
        assertThat(again).isNotNull();
        assertThat(written.length).as("a number was expanded").isLessThan(1_000_000);
    }

    private static void serde(Class<?> type, byte[] document) {
        try (var serde = new JsonSerde<>(type)) {
            serde.deserializer().deserialize("topic", document);
        }
    }

    private static String message(String type, String content) {
        return MESSAGE.replace("@type@", type).replace("@content@", content);
    }

    private static String turn(String message) {
        return "{\"id\":\"t-0-1\",\"firstMessageId\":\"wamid.1\"," + ENVELOPE + CUSTOMER
                + ",\"cause\":\"gap\",\"gap\":\"PT8S\",\"opensChat\":true,\"firstReceivedAt\":\"2026-01-05T10:00:00Z\",\"lastReceivedAt\":\"2026-01-05T10:00:00Z\","
                + "\"items\":[{\"kind\":\"unknown\",\"messages\":[{\"id\":\"wamid.1\",\"sentAt\":\"2026-01-05T10:00:00Z\",\"sender\":{\"phone\":\"1\"},\"raw\":"
                + message
                + "}]},{\"kind\":\"text\",\"text\":\"Hi\",\"messages\":[{\"id\":\"wamid.2\",\"sentAt\":\"2026-01-05T10:00:00Z\",\"sender\":{\"phone\":\"1\"},\"raw\":{}}]}]}";
    }

    private static String envelope() {
        return "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"TopicArn\":\"t\",\"Message\":\"{}\"}},{\"body\":{\"context\":{\"MetaWabaIds\":[{\"wabaId\":\"1\",\"arn\":\"a\"}],\"MetaPhoneNumberIds\":[{\"metaPhoneNumberId\":\"1\",\"arn\":\"b\"}]},\"whatsAppWebhookEntry\":"
                + "{\"id\":\"9\",\"changes\":[{\"field\":\"f\",\"value\":{\"a\":1}}]},\"aws_account_id\":\"1\"}}]}";
    }

    private static String picker() {
        return "{\"templateType\":\"ListPicker\",\"version\":\"1.0\",\"data\":{\"replyMessage\":{\"title\":\"t\"},\"content\":{\"title\":\"t\",\"subtitle\":\"s\",\"elements\":[{\"title\":\"a\",\"subtitle\":\"b\",\"type\":\"hyperlink\",\"url\":\"u\"},{\"title\":\"c\"},\"d\"]}}}";
    }

    private static String timePicker() {
        return "{\"templateType\":\"TimePicker\",\"data\":{\"content\":{\"title\":\"t\",\"timeZoneOffset\":-450,\"location\":{\"latitude\":1.5,\"title\":\"l\"},\"timeslots\":[{\"date\":\"2026-01-31T17:00+00:00\",\"duration\":60}]}}}";
    }

    private static String shown(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return text.length() <= 1_500 ? text : text.substring(0, 700) + " … " + text.substring(text.length() - 700);
    }
}
