package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.reply.ReplyOutcome;
import lull.contract.turn.Turn;
import lull.runtime.Lifecycle;
import lull.runtime.http.WebhookSecrets;
import lull.standins.channel.ChannelStandIn;
import lull.standins.channel.TelegramStandIn;
import lull.standins.provider.ProviderStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Channels besides WhatsApp, the whole way: customers write, agents read one turn and answer, and the channel's
/// failures are told.
@Tag("proof")
final class ChannelsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOKEN = "channel-token";
    private static final String SIGNING = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String PATH_SECRET = "path-secret-0123456789";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static ChannelStandIn program;
    private static TelegramStandIn telegram;
    private static ProviderStandIn provider;
    private static World world;
    private static LocalOptions options;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        program = COMPONENTS.add("program", ChannelStandIn.start("127.0.0.1", 0));
        provider = COMPONENTS.add(
                "providers",
                ProviderStandIn.start(
                        "127.0.0.1",
                        0,
                        Map.of(
                                ProviderStandIn.Z_API,
                                ingress("/webhooks/z-api/zap/" + PATH_SECRET),
                                ProviderStandIn.EVOLUTION,
                                ingress("/webhooks/evolution/evo/" + PATH_SECRET))));
        telegram = COMPONENTS.add("telegram", TelegramStandIn.start("127.0.0.1", 0, ingress("/webhooks/telegram/bot")));
        Map<String, String> settings = new HashMap<>();
        settings.put("turn.gap", "3s");
        settings.put("agent.file.json.max.mebibytes", "1");
        settings.put("doubt.wait", "8s");
        settings.put("doubt.wait.answered", "1s");
        settings.put("lane.paused.retry", "1s");
        settings.put("channels", "desk,bot,zap,evo");
        settings.put("channel.desk.kind", "json");
        settings.put("channel.desk.secrets", TOKEN + "," + SIGNING);
        settings.put("channel.desk.url", program.url());
        settings.put("channel.desk.signing.secrets", ChannelStandIn.SECRET);
        settings.put("channel.desk.media.hosts", program.uri().getHost());
        settings.put("channel.bot.kind", "telegram");
        settings.put("channel.bot.secrets", TelegramStandIn.SECRET);
        settings.put("channel.bot.token", TelegramStandIn.TOKEN);
        settings.put("channel.bot.url", telegram.uri().toString());
        settings.put("channel.zap.kind", "z-api");
        settings.put("channel.zap.secrets", PATH_SECRET);
        settings.put("channel.zap.url", provider.zApiUrl());
        settings.put("channel.zap.headers", "Client-Token=" + ProviderStandIn.KEY);
        settings.put("channel.zap.media.hosts", provider.uri().getHost());
        settings.put("channel.evo.kind", "evolution");
        settings.put("channel.evo.secrets", PATH_SECRET);
        settings.put("channel.evo.url", provider.evolutionUrl());
        settings.put("channel.evo.headers", "apikey=" + ProviderStandIn.KEY);
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), settings, COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void fourLinesAreOneTurnTheAnswerGoesBackAndARepeatedRequestIsNothingNew() {
        String request = "{'messages':[" + line("a1", "user-1", "One") + "," + line("a2", "user-1", "Two") + ","
                + line("a3", "user-1", "Three") + "," + line("a4", "user-1", "Four") + "]}";
        HttpResponse<String> answer = json("/channels/desk/messages", request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(World.tree(answer.body()).path("accepted").asInt()).isEqualTo(4);

        await().atMost(PATIENCE).until(() -> !world.customerTexts("user-1").isEmpty());
        assertThat(world.customerTexts("user-1")).containsExactly("One\nTwo\nThree\nFour");
        JsonNode chat = world.chats("user-1").getFirst();
        assertThat(chat.path("attributes").path("channel").asText()).isEqualTo("desk");
        assertThat(chat.path("attributes").path("conversation").asText()).isEqualTo("json.desk|user-1");

        assertThat(json("/channels/desk/messages", request).statusCode()).isEqualTo(200);
        world.agentSays(chat, "Good day");
        JsonNode reply = replies("user-1", 1).getFirst();
        assertThat(reply.at("/data/message/text/body").asText()).isEqualTo("Good day");
        assertThat(reply.at("/data/channel").asText()).isEqualTo("desk");

        json("/channels/desk/messages", "{'messages':[" + line("a5", "user-1", "Thanks") + "]}");
        await().atMost(PATIENCE).until(() -> world.customerTexts("user-1").size() > 1);
        assertThat(world.customerTexts("user-1")).containsExactly("One\nTwo\nThree\nFour", "Thanks");
        assertThat(turns("json.desk|user-1")).hasSize(2);

        json(
                "/channels/desk/messages",
                "{'messages':[{'id':'a6','from':{'id':'user-1'},'type':'edit','edit':{'target':'a5','text':'Thank you'}}]}");
        await().atMost(PATIENCE).until(() -> world.customerTexts("user-1").size() > 2);
        assertThat(world.customerTexts("user-1").getLast())
                .contains("[edited message]")
                .contains("Thank you");
    }

    @Test
    void aRequestIsAcceptedByItsTokenOrItsSignatureOnly() {
        String request = "{'messages':[" + line("s1", "user-2", "Signed") + "]}";
        byte[] body = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(status(body, Map.of())).isEqualTo(401);
        assertThat(status(body, Map.of("Authorization", "Bearer wrong"))).isEqualTo(401);
        assertThat(status(body, Map.of("Authorization", "Bearer " + SIGNING)))
                .as("a secret of signatures is no token")
                .isEqualTo(401);
        assertThat(status(body, signature(body, Instant.now().minusSeconds(600))))
                .isEqualTo(401);
        assertThat(status("{}".getBytes(StandardCharsets.UTF_8), signature(body, Instant.now())))
                .isEqualTo(401);
        assertThat(status(body, signature(body, Instant.now()))).isEqualTo(200);
        assertThat(json("/channels/other/messages", request).statusCode()).isEqualTo(401);
        HttpResponse<String> wrong = json("/channels/desk/messages", "{'messages':[{'id':'x'}]}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(World.tree(wrong.body()).path("problems")).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts("user-2")).containsExactly("Signed"));
    }

    @Test
    void whatTheProgramRefusesIsToldToTheAgentAndWhatItThrottlesComesOnce() {
        json("/channels/desk/messages", "{'messages':[" + line("r1", "user-3", "Hello") + "]}");
        await().atMost(PATIENCE).until(() -> !world.customerTexts("user-3").isEmpty());
        JsonNode chat = world.chats("user-3").getFirst();
        world.fault(program.uri(), "{'target':'channel','status':422,'about':'Refused'}");
        world.fault(program.uri(), "{'target':'channel','status':429,'code':'1','times':2,'about':'Slowly'}");

        world.agentSays(chat, "Refused");
        world.agentSays(chat, "Slowly");

        assertThat(replies("user-3", 1))
                .extracting(reply -> reply.at("/data/message/text/body").asText())
                .containsExactly("Slowly");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts("user-3"))
                        .contains("[desk] Not delivered: desk refused it with code 422. \"Refused\""));
    }

    @Test
    void aReplyToAChannelThatDoesNotExistIsRefusedWithTheReason() {
        HttpResponse<String> answer = request("telegram.gone|70010009", "{'type':'text','text':{'body':'Hi'}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(World.tree(answer.body()).at("/problems/0").asText())
                .isEqualTo(
                        "conversation names the channel telegram.gone, which is not configured: channels does not have"
                                + " this name, or it has another kind");
    }

    @Test
    void aReplyInDoubtIsSentAgainUnderTheSameIdAndTheProgramHasItOnce() {
        json("/channels/desk/messages", "{'messages':[" + line("d1", "user-6", "Hello") + "]}");
        await().atMost(PATIENCE).until(() -> !world.customerTexts("user-6").isEmpty());
        world.fault(program.uri(), "{'target':'channel','reset':true,'about':'Written'}");

        world.agentSays(world.chats("user-6").getFirst(), "Written");
        world.agentSays(world.chats("user-6").getFirst(), "Next");

        assertThat(replies("user-6", 2))
                .extracting(reply -> reply.at("/data/message/text/body").asText())
                .containsExactly("Written", "Next");
        String replyId =
                replies("user-6", 1).getFirst().at("/data/callback").asText().split("\\|", 3)[1];
        assertThat(world.outcomes(replyId)).hasAtLeastOneElementOfType(ReplyOutcome.Doubted.class);
    }

    @Test
    void aStatusOfTheProgramIsRecordedWithTheReply() {
        json("/channels/desk/messages", "{'messages':[" + line("t1", "user-4", "Hello") + "]}");
        await().atMost(PATIENCE).until(() -> !world.customerTexts("user-4").isEmpty());
        world.agentSays(world.chats("user-4").getFirst(), "Seen?");
        JsonNode data = replies("user-4", 1).getFirst().path("data");
        String replyId = data.path("callback").asText().split("\\|", 3)[1];
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.outcomes(replyId)).hasAtLeastOneElementOfType(ReplyOutcome.Sent.class));

        HttpResponse<String> answer = json(
                "/channels/desk/statuses",
                "{'statuses':[{'messageId':'c-1','status':'read','callback':'"
                        + data.path("callback").asText() + "'}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(world.outcomes(replyId)).hasAtLeastOneElementOfType(ReplyOutcome.Reported.class));
    }

    @Test
    void aFileOfACustomerReachesTheAgent() {
        byte[] picture = "not really a picture".getBytes(StandardCharsets.UTF_8);
        String url = program.serve("p.pdf", "application/pdf", picture);
        json(
                "/channels/desk/messages",
                "{'messages':[{'id':'f1','from':{'id':'user-5','name':'Customer user-5'},'type':'media','media':{'kind':'document',"
                        + "'url':'" + url + "','mimeType':'application/pdf','filename':'p.pdf'}}]}");

        await().atMost(PATIENCE).until(() -> !world.chats("user-5").isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.attached(world.chats("user-5").getFirst()))
                                .containsExactly(picture));
    }

    @Test
    void aChatOfTelegramGoesBothWays() {
        long chat = 70_010_001;
        String customer = "70010001";
        Stream.of("One", "Two", "Three", "Four")
                .forEach(text ->
                        assertThat(telegram.says(chat, text).statusCode()).isEqualTo(200));
        assertThat(telegram.repeatLast().statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        assertThat(world.customerTexts(customer)).containsExactly("One\nTwo\nThree\nFour");
        JsonNode open = world.chats(customer).getFirst();
        assertThat(open.path("attributes").path("channel").asText()).isEqualTo("Telegram");
        assertThat(turns("telegram.bot|" + customer)).hasSize(1);

        world.agentSays(open, "Good day");
        JsonNode sent = calls(customer, "sendMessage", 1).getFirst();
        assertThat(sent.at("/body/text").asText()).isEqualTo("Good day");

        telegram.edits(chat, 4, "Four and a half");
        telegram.reacts(chat, sent.path("message_id").asLong(), "👍");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(String.join("\n", world.customerTexts(customer)))
                        .contains("Four and a half")
                        .contains("👍"));
    }

    @Test
    void aButtonOfTelegramIsAChoice() {
        long chat = 70_010_002;
        String customer = "70010002";
        asks(
                "telegram.bot|" + customer,
                "{'type':'interactive','interactive':{'type':'button','body':{'text':'Sure?'},'action':{'buttons':["
                        + "{'type':'reply','reply':{'id':'y','title':'Yes'}}]}}}");
        JsonNode sent = calls(customer, "sendMessage", 1).getFirst();
        assertThat(sent.at("/body/reply_markup/inline_keyboard/0/0/callback_data")
                        .asText())
                .isEqualTo("y");

        TelegramStandIn.Answered answer = telegram.presses(chat, sent, "y");

        assertThat(World.tree(answer.body()).path("method").asText()).isEqualTo("answerCallbackQuery");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        assertThat(world.customerTexts(customer).getFirst()).contains("Yes");
    }

    @Test
    void aFileOfTelegramReachesTheAgentAndOneOfAnApplicationGoesBackByItsLink() {
        long chat = 70_010_003;
        String customer = "70010003";
        byte[] file = "a document".getBytes(StandardCharsets.UTF_8);
        var content = telegram.update();
        content.removeAll();
        content.set("document", telegram.upload(file).put("file_name", "a.pdf").put("mime_type", "application/pdf"));
        telegram.message(chat, content);

        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.attached(world.chats(customer).getFirst()))
                                .containsExactly(file));
        asks(
                "telegram.bot|" + customer,
                "{'type':'image','image':{'link':'https://files.example/1.jpg','caption':'Look'}}");
        assertThat(calls(customer, "sendPhoto", 1).getFirst().at("/body/photo").asText())
                .isEqualTo("https://files.example/1.jpg");
    }

    @Test
    void aCustomerWhoHasBlockedTheBotIsToldToTheAgentAndThrottledRepliesComeOnce() {
        long blocked = 70_010_403;
        telegram.says(blocked, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts("70010403").isEmpty());
        world.agentSays(world.chats("70010403").getFirst(), "Are you there?");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts("70010403"))
                        .contains(
                                "[Telegram] Not delivered: the customer has blocked the bot, or has never written to it."
                                        + " \"Are you there?\""));

        world.fault(telegram.uri(), "{'target':'sendMessage','status':429,'code':'1','times':2,'about':'70010004'}");
        asks("telegram.bot|70010004", "{'type':'text','text':{'body':'Slowly'}}");
        assertThat(calls("70010004", "sendMessage", 1)).hasSize(1);
    }

    @Test
    void webhooksOfZApiAndEvolutionReachTheAgentAndTheAnswerGoesBack() {
        String zApi = "15550071101";
        assertThat(webhook(
                        "/webhooks/z-api/zap/" + PATH_SECRET,
                        "{'type':'ReceivedCallback','instanceId':'3C0','messageId':'Z1','phone':'" + zApi
                                + "','fromMe':false,'momment':" + System.currentTimeMillis()
                                + ",'senderName':'Customer " + zApi + "','text':{'message':'By z-api'}}"))
                .isEqualTo(200);
        String evolution = "15550071102";
        assertThat(webhook(
                        "/webhooks/evolution/evo/" + PATH_SECRET,
                        "{'event':'messages.upsert','instance':'i','apikey':'secret-of-evolution','data':{'key':{'id':'E1','remoteJid':'"
                                + evolution + "@s.whatsapp.net','fromMe':false},'pushName':'Customer " + evolution
                                + "','message':{'conversation':'By Evolution'},'messageType':'conversation','messageTimestamp':"
                                + Instant.now().getEpochSecond() + "}}"))
                .isEqualTo(200);
        assertThat(webhook("/webhooks/z-api/zap/wrong-secret-0123456789", "{}")).isEqualTo(401);

        await().atMost(PATIENCE).until(() -> !world.customerTexts(zApi).isEmpty());
        await().atMost(PATIENCE).until(() -> !world.customerTexts(evolution).isEmpty());
        assertThat(world.customerTexts(zApi)).containsExactly("By z-api");
        assertThat(world.customerTexts(evolution)).containsExactly("By Evolution");
        world.agentSays(world.chats(zApi).getFirst(), "Hello z-api");
        world.agentSays(world.chats(evolution).getFirst(), "Hello Evolution");
        assertThat(provided(zApi).at("/body/message").asText()).isEqualTo("Hello z-api");
        assertThat(provided(evolution).at("/body/text").asText()).isEqualTo("Hello Evolution");
        assertThat(world.phone(zApi)).as("nothing by the Graph API").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"z-api, zap, 15550071106, 400", "evolution, evo, 15550071107, 422"})
    void aConversationByAProviderGoesAllTheWay(String name, String channel, String customer, int refusal) {
        List<String> lines = List.of("One", "Two", "Three", "Four");
        for (int line = 0; line < lines.size(); line++) {
            assertThat(provider.says(name, customer, "L" + customer + line, lines.get(line)))
                    .isEqualTo(200);
        }
        assertThat(provider.says(name, customer, "L" + customer + 3, "Four"))
                .as("delivered again")
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        assertThat(world.customerTexts(customer)).containsExactly("One\nTwo\nThree\nFour");
        assertThat(turns(name + "." + channel + "|" + customer)).hasSize(1);

        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "Good day");
        assertThat(provided(customer).path("body").toString()).contains("Good day");

        provider.edits(name, customer, "L" + customer + 3, "Four and a half");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(String.join("\n", world.customerTexts(customer)))
                        .contains("Four and a half"));

        world.fault(
                provider.uri(),
                "{'target':'" + name + "','status':" + refusal + ",'about':'Refused " + customer + "'}");
        world.fault(
                provider.uri(), "{'target':'" + name + "','status':429,'code':'1','about':'Slowly " + customer + "'}");
        world.agentSays(chat, "Refused " + customer);
        world.agentSays(chat, "Slowly " + customer);
        assertThat(provided(customer, 2).path("body").toString()).contains("Slowly");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(String.join("\n", world.customerTexts(customer)))
                        .contains("Not delivered")
                        .contains("\"Refused " + customer + "\""));
    }

    @Test
    void aFileOfZApiReachesTheAgent() {
        String customer = "15550071108";
        byte[] file = "a document by z-api".getBytes(StandardCharsets.UTF_8);
        ObjectNode content = Json.object();
        content.putObject("document")
                .put("documentUrl", provider.link("z-1", file))
                .put("mimeType", "application/pdf")
                .put("fileName", "a.pdf");
        assertThat(provider.sends(ProviderStandIn.Z_API, customer, "ZF" + customer, content))
                .isEqualTo(200);

        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.attached(world.chats(customer).getFirst()))
                                .containsExactly(file));
    }

    @Test
    void aFileOfEvolutionReachesTheAgentAndOneThatItDoesNotGiveIsAnnounced() {
        String customer = "15550071103";
        byte[] file = "a document by Evolution".getBytes(StandardCharsets.UTF_8);
        provider.serve("EF1", file);
        assertThat(
                        evolution(
                                "EF1",
                                customer,
                                "'documentMessage':{'url':'https://mmg.example/x.enc','fileName':'a.pdf','mimetype':'application/pdf'}"))
                .isEqualTo(200);

        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.attached(world.chats(customer).getFirst()))
                                .containsExactly(file));

        assertThat(evolution("EF2", customer, "'documentMessage':{'fileName':'gone.pdf','mimetype':'application/pdf'}"))
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(String.join("\n", world.customerTexts(customer)))
                        .contains("gone.pdf"));
        assertThat(world.attached(world.chats(customer).getFirst())).hasSize(1);
    }

    @Test
    void anAgentsFilesArriveAtTelegramAsWhatTheyAre() {
        long chat = 70_010_005;
        String customer = "70010005";
        telegram.says(chat, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode open = world.chats(customer).getFirst();
        byte[] picture = "not really a picture".getBytes(StandardCharsets.UTF_8);
        byte[] video = "not really a video".getBytes(StandardCharsets.UTF_8);
        byte[] table = "a;b".getBytes(StandardCharsets.UTF_8);
        world.fault(telegram.uri(), "{'target':'sendPhoto','status':429,'code':'1','times':2}");

        world.agentSays(open, "Here they are");
        world.agentAttaches(open, "cat.png", "image/png", picture);
        world.agentAttaches(open, "cat.mp4", "video/mp4", video);
        world.agentAttaches(open, "table.csv", "text/csv", table);
        world.agentSays(open, "That is all");

        assertThat(calls(customer, "sendMessage", 2)).hasSize(2);
        assertThat(world.get(telegram.uri().resolve("/_calls?chat=" + customer))
                        .valueStream()
                        .map(call -> call.path("method").asText())
                        .filter(method -> !method.equals("sendChatAction")))
                .containsExactly("sendMessage", "sendPhoto", "sendVideo", "sendDocument", "sendMessage");
        assertThat(base64(calls(customer, "sendPhoto", 1).getFirst().at("/body/photo/base64")))
                .isEqualTo(picture);
        assertThat(base64(calls(customer, "sendVideo", 1).getFirst().at("/body/video/base64")))
                .isEqualTo(video);
        JsonNode document = calls(customer, "sendDocument", 1).getFirst().at("/body/document");
        assertThat(base64(document.path("base64"))).isEqualTo(table);
        assertThat(document.path("file_name").asText()).isEqualTo("table.csv");
        assertThat(world.phone(customer)).as("nothing by the Graph API").isEmpty();
    }

    @Test
    void anAgentsFileIsPartOfTheJsonOfTheOtherChannels() {
        String zApi = "15550071104";
        String evolution = "15550071105";
        byte[] file = "a document".getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(file);
        json("/channels/desk/messages", "{'messages':[" + line("g1", "user-8", "Hello") + "]}");
        assertThat(webhook(
                        "/webhooks/z-api/zap/" + PATH_SECRET,
                        "{'type':'ReceivedCallback','instanceId':'3C0','messageId':'ZF1','phone':'" + zApi
                                + "','fromMe':false,'momment':" + System.currentTimeMillis()
                                + ",'senderName':'Customer " + zApi + "','text':{'message':'Hello'}}"))
                .isEqualTo(200);
        assertThat(evolution("EF3", evolution, "'conversation':'Hello'")).isEqualTo(200);

        for (String customer : List.of("user-8", zApi, evolution)) {
            await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
            world.agentSays(world.chats(customer).getFirst(), "Your bill");
            world.agentAttaches(world.chats(customer).getFirst(), "bill.pdf", "application/pdf", file);
        }

        JsonNode message = replies("user-8", 2).getLast().at("/data/message");
        assertThat(message.toString())
                .isEqualTo(
                        "{\"type\":\"document\",\"document\":{\"mime_type\":\"application/pdf\",\"filename\":\"bill.pdf\","
                                + "\"data\":\"" + base64 + "\"}}");
        JsonNode byZApi = provided(zApi, 2);
        assertThat(byZApi.path("path").asText()).endsWith("/send-document/pdf");
        assertThat(byZApi.at("/body/document").asText()).isEqualTo("data:application/pdf;base64," + base64);
        JsonNode byEvolution = provided(evolution, 2).path("body");
        assertThat(byEvolution.path("media").asText()).isEqualTo(base64);
        assertThat(byEvolution.path("mimetype").asText()).isEqualTo("application/pdf");
        assertThat(byEvolution.path("fileName").asText()).isEqualTo("bill.pdf");

        world.agentAttaches(
                world.chats("user-8").getFirst(), "large.pdf", "application/pdf", new byte[2 * 1024 * 1024]);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts("user-8"))
                        .contains("[desk] The file was not delivered: desk takes files of at most 1 MiB."));
    }

    private static byte[] base64(JsonNode text) {
        return Base64.getDecoder().decode(text.asText());
    }

    private static int evolution(String id, String customer, String message) {
        return webhook(
                "/webhooks/evolution/evo/" + PATH_SECRET,
                "{'event':'messages.upsert','instance':'i','apikey':'secret-of-evolution','data':{'key':{'id':'" + id
                        + "','remoteJid':'" + customer + "@s.whatsapp.net','fromMe':false},'pushName':'Customer "
                        + customer + "','message':{" + message + "},'messageTimestamp':"
                        + Instant.now().getEpochSecond() + "}}");
    }

    private static String line(String id, String customer, String text) {
        return "{'id':'%s','from':{'id':'%s','name':'Customer %s'},'type':'text','text':'%s'}"
                .formatted(id, customer, customer, text);
    }

    private static URI ingress(String path) {
        return URI.create("http://localhost:" + options.ingressPort() + path);
    }

    private static HttpResponse<String> json(String path, String body) {
        return world.send(HttpRequest.newBuilder(ingress(path))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private static int webhook(String path, String body) {
        return world.send(HttpRequest.newBuilder(ingress(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))))
                .statusCode();
    }

    private static int status(byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(ingress("/channels/desk/messages"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return world.send(request).statusCode();
    }

    private static Map<String, String> signature(byte[] body, Instant at) {
        return Map.of(
                "webhook-id",
                "request-1",
                "webhook-timestamp",
                Long.toString(at.getEpochSecond()),
                "webhook-signature",
                WebhookSecrets.of(List.of(SIGNING)).sign("request-1", at, body));
    }

    private static List<Turn> turns(String conversation) {
        return world.turns().stream()
                .filter(turn -> turn.conversation().toString().equals(conversation))
                .toList();
    }

    /// What the program was sent.
    private static List<JsonNode> replies(String customer, int count) {
        URI uri = program.uri().resolve("/_messages?to=" + customer);
        await().atMost(PATIENCE).until(() -> world.get(uri).size() >= count);
        return world.get(uri).valueStream().toList();
    }

    /// Calls of a method of Telegram about a chat.
    private static List<JsonNode> calls(String chat, String method, int count) {
        URI uri = telegram.uri().resolve("/_calls?chat=" + chat);
        await().atMost(PATIENCE).until(() -> of(method, world.get(uri)).size() >= count);
        return of(method, world.get(uri));
    }

    private static List<JsonNode> of(String method, JsonNode calls) {
        return calls.valueStream()
                .filter(call -> call.path("method").asText().equals(method))
                .toList();
    }

    private static JsonNode provided(String customer) {
        return provided(customer, 1);
    }

    /// The last of what a provider was sent.
    private static JsonNode provided(String customer, int count) {
        URI uri = provider.uri().resolve("/_messages?to=" + customer);
        await().atMost(PATIENCE).until(() -> world.get(uri).size() >= count);
        return world.get(uri).path(count - 1);
    }

    private static void asks(String conversation, String message) {
        HttpResponse<String> answer = request(conversation, message);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static HttpResponse<String> request(String conversation, String message) {
        String body =
                "{\"conversation\":" + Json.text(conversation) + ",\"message\":" + message.replace('\'', '"') + "}";
        return world.send(HttpRequest.newBuilder(ingress("/replies"))
                .header("Idempotency-Key", World.newId())
                .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
