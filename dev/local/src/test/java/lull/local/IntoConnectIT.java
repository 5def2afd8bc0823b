package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.local.transcribe.OggOpus;
import lull.local.transcribe.TranscribeStandIn;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What reaches the agent, whatever fails in between: from webhooks to Amazon Connect, in one JVM on real parts. Each
/// test has a customer of its own; business numbers have flows of their own.
final class IntoConnectIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CLOSED_NUMBER = "100000000000003";
    private static final String SURVEY_NUMBER = "100000000000004";
    private static final String INSTANT_NUMBER = "100000000000005";
    private static final String EUM_NUMBER = "100000000000006";
    private static final byte[] JPEG = "not really a picture".getBytes(UTF_8);
    private static final String WEBP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static final TranscribeStandIn EARS = COMPONENTS.add("ears", new TranscribeStandIn());
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(
                directory,
                Map.ofEntries(
                        Map.entry("connect.numbers", CLOSED_NUMBER + "," + SURVEY_NUMBER),
                        Map.entry("connect.contact.flow.id." + CLOSED_NUMBER, LocalLull.CLOSED_FLOW),
                        Map.entry("connect.contact.flow.id." + SURVEY_NUMBER, LocalLull.SURVEY_FLOW),
                        Map.entry("connect.display.name." + SURVEY_NUMBER, "{name}"),
                        Map.entry(
                                "connect.attribute.names." + SURVEY_NUMBER,
                                "channel=Channel,businessNumber=systemNumber"),
                        Map.entry("connect.timers." + SURVEY_NUMBER, "customer.idle=10m,customer.disconnect=20m"),
                        Map.entry("turn.numbers", INSTANT_NUMBER),
                        Map.entry("turn.gap." + INSTANT_NUMBER, "0s"),
                        Map.entry("connect.quota.wait", "3s"),
                        Map.entry("connect.quota.text", "All our agents are busy. Please wait."),
                        Map.entry("lane.paused.retry", "2s"),
                        Map.entry("lane.back.off.most", "2s"),
                        Map.entry("connect.persistent.chat", "true"),
                        Map.entry(
                                "whatsapp.eum.numbers", EUM_NUMBER + "=phone-number-id-00000000000000000" + EUM_NUMBER),
                        Map.entry("whatsapp.eum.bucket", LocalLull.BUCKET),
                        Map.entry("transcribe", "true"),
                        Map.entry("transcribe.to.customer", "We understood: {words}"),
                        Map.entry("transcribe.endpoint", EARS.uri().toString()),
                        Map.entry("attachments.patience", "0s"),
                        Map.entry("voice.converter", converter())),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void twoTurnsOfANewCustomerAtOnceOpenOneChat() {
        String customer = "15550000201";
        world.says(INSTANT_NUMBER, customer, "One");
        world.says(INSTANT_NUMBER, customer, "Two");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.customerTexts(customer)).containsExactly("One", "Two");
        assertThat(world.chats(customer)).hasSize(1);
    }

    @Test
    void anAnswerOfStartChatContactThatIsLostLeadsToTheSameContact() {
        String customer = "15550000202";
        world.fault(world.connect("/"), "{'target':'StartChatContact','status':503,'takesEffect':true}");
        world.says(customer, "Hello");

        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        world.says(customer, "again");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);
        assertThat(world.customerTexts(customer)).containsExactly("Hello", "again");
    }

    @Test
    void anAnswerThatBreaksOffInTheMiddleRepeatsNothing() {
        String customer = "15550000280";
        world.fault(world.connect("/"), "{'target':'StartChatContact','reset':true}");
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        world.fault(world.connect("/"), "{'target':'SendMessage','reset':true}");
        world.says(customer, "again");

        await().atMost(PATIENCE)
                .until(() -> world.get(world.connect("/_faults")).isEmpty()
                        && world.customerTexts(customer).size() >= 2);
        world.says(customer, "and again");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("and again"));
        assertThat(world.chats(customer)).hasSize(1);
        assertThat(world.customerTexts(customer)).containsExactly("Hello", "again", "and again");
    }

    @Test
    void aTurnOfFifteenHundredCharactersArrivesAsTwoPartsCutBetweenWords() {
        String customer = "15550000203";
        String text = "word 👩‍👩‍👧 ".repeat(120).strip().substring(0, 1_499) + "!";
        world.says(customer, text);

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() >= 2);
        List<String> parts = world.customerTexts(customer);
        assertThat(parts).hasSize(2).allMatch(part -> part.length() <= 1_024);
        assertThat(String.join(" ", parts)).isEqualTo(text);
    }

    @Test
    void aFirstMessageThatIsAnImageOpensTheChatAndTheImageIsAttached() {
        String customer = "15550000204";
        String image = world.uploads(JPEG, "image/jpeg");
        world.sends(customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg'}}");

        await().atMost(PATIENCE).until(() -> !files(customer).isEmpty());
        assertThat(world.chats(customer)).hasSize(1);
        assertThat(files(customer)).containsOnlyKeys("image.jpg").containsEntry("image.jpg", JPEG);
        assertThat(world.customerTexts(customer)).isEmpty();
    }

    @Tag("proof")
    @Test
    void aFlowThatDisconnectsAtOnceLeadsToOneChatAndOnePromptPerTurn() {
        String customer = "15550000205";
        for (int turn = 1; turn <= 2; turn++) {
            int chats = turn;
            world.sends(CLOSED_NUMBER, customer, "{'type':'text','text':{'body':'Hello " + turn + "'}}");
            world.sends(CLOSED_NUMBER, customer, "{'type':'location','location':{'latitude':52.5,'longitude':13.4}}");
            await().atMost(PATIENCE).until(() -> world.chats(customer).size() == chats);
            await().atMost(PATIENCE).until(() -> world.phone(customer).size() == chats);
        }

        // A turn that is tried again would show by now.
        world.says(CLOSED_NUMBER, "15550000206", "Hello");
        await().atMost(PATIENCE).until(() -> world.phone("15550000206").size() == 1);
        assertThat(world.chats(customer)).hasSize(2);
        assertThat(world.customerTexts(customer)).containsExactly("Hello 1", "Hello 2");
        assertThat(world.phoneTexts(customer)).containsExactly("We are closed.", "We are closed.");
    }

    @Tag("proof")
    @Test
    void aConversationThatWaitsForAFreeChatMakesNoOtherOneWait() {
        String waiting = "15550000207";
        String talking = "15550000208";
        world.says(talking, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(talking).size() == 1);
        world.steer("/_limits", "{'chats':1}");
        try {
            world.says(waiting, "Is anybody there?");
            await().atMost(PATIENCE).until(() -> world.refusals("StartChatContact", "LimitExceededException") > 0);
            world.says(talking, "I am");
            await().atMost(PATIENCE).until(() -> world.customerTexts(talking).size() == 2);
            assertThat(world.chats(waiting)).isEmpty();
        } finally {
            world.steer("/_limits", "{'chats':0}");
        }
        await().atMost(PATIENCE).until(() -> !world.customerTexts(waiting).isEmpty());
        assertThat(world.customerTexts(waiting)).containsExactly("Is anybody there?");
        await().atMost(PATIENCE).until(() -> !world.phone(waiting).isEmpty());
        assertThat(world.phoneTexts(waiting)).containsExactly("All our agents are busy. Please wait.");
    }

    @Tag("proof")
    @Test
    void aWrongFlowPausesItsNumberAndExpiredCredentialsEverythingAndNothingIsADeadLetter() {
        for (String code : List.of("ResourceNotFoundException", "ExpiredTokenException")) {
            String customer = code.startsWith("R") ? "15550000209" : "15550000210";
            String scope = code.startsWith("R") ? "business_number " + World.NUMBER : "process";
            world.fault(world.connect("/"), "{'target':'StartChatContact','code':'" + code + "','times':2}");
            world.says(customer, "Hello");

            await().atMost(PATIENCE)
                    .until(() -> degraded().path("scope").asText().startsWith(scope));
            String kind = scope.split(" ", -1)[0];
            await().atMost(PATIENCE).until(() -> pauses().equals(List.of(kind)));
            await().atMost(PATIENCE).until(() -> readyz() == 200 && degraded().isMissingNode() && pauses().isEmpty());
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        }
        assertThat(world.records(Topics.TURN_CLOSED.deadLetters().name())).isEmpty();
    }

    @Test
    void everythingThatACustomerCanSendIsReadable() {
        String customer = "15550000211";
        String sticker = world.uploads(Base64.getDecoder().decode(WEBP), "image/webp");
        String voice = world.uploads(JPEG, "audio/ogg");
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        for (String message : List.of(
                "{'type':'location','location':{'latitude':52.5,'longitude':13.4,'name':'Gate'}}",
                "{'type':'contacts','contacts':[{'name':{'formatted_name':'Bo'},'phones':[{'phone':'+1'}]}]}",
                "{'type':'reaction','reaction':{'message_id':'m','emoji':'👍'}}",
                "{'type':'order','order':{'product_items':[{'product_retailer_id':'A7','quantity':2,'item_price':9.5,'currency':'EUR'}]}}",
                "{'type':'text','text':{'body':'From an ad'},'referral':{'headline':'Sale','source_url':'https://fb.me/x'}}",
                "{'type':'text','text':{'body':'Yes please'},'context':{'id':'wamid.old'}}",
                "{'type':'sticker','sticker':{'id':'" + sticker + "','mime_type':'image/webp'}}",
                "{'type':'audio','audio':{'id':'" + voice + "','mime_type':'audio/ogg','voice':true}}",
                "{'type':'unsupported','errors':[{'code':131051,'title':'Unsupported'}]}",
                "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}}}",
                "{'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'1','title':'Red'}}}")) {
            world.sends(customer, message);
        }

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Red"));
        // What the voice note says follows when it is known, between any two of the others.
        List<String> sent = world.customerTexts(customer).stream()
                .filter(text -> !text.startsWith("[what the voice note says"))
                .toList();
        assertThat(String.join("\n", sent))
                .contains("[location] Gate\n", "[contact] Bo, +1")
                .contains("[reaction] 👍")
                .contains("[order]\n2 x A7 at 9.5 EUR")
                .contains("[came from the advertisement] Sale, https://fb.me/x\nFrom an ad")
                .contains("[in reply to an earlier message]\nYes please")
                .contains("[voice note: not attached, as it could not be converted; it may be damaged] http")
                .contains("[message that WhatsApp cannot pass on] Unsupported")
                .contains("Yes\nRed");
        assertThat(files(customer)).containsOnlyKeys("sticker.png");
        assertThat(files(customer).get("sticker.png")).startsWith(0x89, 'P', 'N', 'G');
        assertThat(world.chats(customer)).hasSize(1);
    }

    @Tag("proof")
    @Test
    void failingCallsAreRepeatedInOrderWhileOthersGoOn() {
        String failing = "15550000212";
        String other = "15550000213";
        world.says(other, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).size() == 1);
        world.fault(world.connect("/"), "{'target':'StartContactStreaming','status':500,'times':5}");
        world.says(failing, "First");
        await().atMost(PATIENCE).until(() -> world.refusals("StartContactStreaming", "") > 0);
        world.says(other, "again");
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).size() == 2);
        world.says(failing, "Second");

        await().atMost(PATIENCE).until(() -> world.customerTexts(failing).size() == 2);
        assertThat(world.customerTexts(failing)).containsExactly("First", "Second");
        assertThat(world.chats(failing)).hasSize(1);
    }

    @Test
    void aChatGoesOnAfterItsConnectionTokenHasExpired() {
        String customer = "15550000214";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.agentSays(world.chats(customer).getFirst(), "Hi");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);

        world.steer(
                "/_clock",
                "{'advanceSeconds':" + Duration.ofMinutes(24 * 60 + 30).toSeconds() + "}");
        world.says(customer, "a day later");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);
    }

    @Tag("proof")
    @Test
    void aSurveyOfTheDisconnectFlowReachesTheCustomerAndWhatTheyAnswerStaysInTheChat() {
        String customer = "15550000215";
        world.says(SURVEY_NUMBER, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.agentSays(world.chats(customer).getFirst(), "Bye");
        world.agent(world.chats(customer).getFirst(), "/end", "");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phoneTexts(customer)).containsExactly("Bye", "How did we do?");
        world.says(SURVEY_NUMBER, customer, "Well");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);

        world.agent(world.chats(customer).getFirst(), "/end", "");
        world.says(SURVEY_NUMBER, customer, "One more thing");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.chats(customer)).hasSize(2);
    }

    @Test
    void aNumberHasAttributesByOtherNamesAndTimers() {
        String customer = "15550000290";
        world.says(SURVEY_NUMBER, customer, "Hello");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.chats(customer))
                        .singleElement()
                        .satisfies(chat -> assertThat(chat.path("timers").toString())
                                .isEqualTo("{\"CUSTOMER IDLE\":10,\"CUSTOMER DISCONNECT_NONCUSTOMER\":20}")));

        JsonNode chat = world.chats(customer).getFirst();
        assertThat(chat.at("/attributes/Channel").asText()).isEqualTo("WhatsApp");
        assertThat(chat.at("/attributes/systemNumber").asText()).isNotEmpty();
        assertThat(chat.path("attributes").has("channel")).isFalse();
    }

    @Test
    void aFileThatConnectRefusesBecomesANoteAndTheTextBesideItIsDelivered() {
        String customer = "15550000216";
        String image = world.uploads(JPEG, "image/jpeg");
        world.fault(world.connect("/"), "{'target':'StartAttachmentUpload','code':'ValidationException'}");
        world.says(customer, "Before");
        world.sends(
                customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg','caption':'Look'}}");
        world.sends(customer, "{'type':'image','image':{'id':'999','mime_type':'image/jpeg'}}");
        world.says(customer, "After");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("After"));
        List<String> texts = world.customerTexts(customer);
        assertThat(texts)
                .hasSize(5)
                .startsWith("Before")
                .endsWith("Look", "[image: not attached, as it is not available any more]", "After");
        String note = "[image: not attached, as files of its type are not taken here] ";
        assertThat(texts.get(1)).startsWith(note);
        HttpResponse<String> kept =
                world.send(HttpRequest.newBuilder(URI.create(texts.get(1).substring(note.length()))));
        assertThat(kept.body()).isEqualTo(new String(JPEG, UTF_8));
        assertThat(kept.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"image.jpg\"");
    }

    @Test
    void anAnswerIsShownWithWhatItAnswersOfTheCustomerAndOfTheAgent() {
        String customer = "15550000220";
        String question = world.says(customer, "Is it red?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.agentSays(world.chats(customer).getFirst(), "Which one do you mean?");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        String reply = world.phone(customer).getFirst().path("wamid").asText();
        world.sends(customer, "{'type':'text','text':{'body':'The large one'},'context':{'id':'" + reply + "'}}");
        world.sends(customer, "{'type':'text','text':{'body':'I asked first'},'context':{'id':'" + question + "'}}");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.customerTexts(customer).getLast())
                .isEqualTo("[in reply to] Which one do you mean?\nThe large one\n"
                        + "[in reply to] Is it red?\nI asked first");
    }

    @Tag("proof")
    @Test
    void aPersistentChatGoesOnFromTheOneBeforeUnlessConnectDoesNotHaveItYet() {
        String customer = "15550000221";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.agentSays(world.chats(customer).getFirst(), "Bye");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        world.agent(world.chats(customer).getFirst(), "/end", "");
        world.says(customer, "again");
        await().atMost(PATIENCE).until(() -> world.chats(customer).size() == 2);
        JsonNode first = world.chats(customer).getFirst();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.chats(customer).getLast().path("continuedFrom"))
                        .isEqualTo(first.path("contactId")));

        world.agentSays(world.chats(customer).getLast(), "Bye again");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        world.agent(world.chats(customer).getLast(), "/end", "");
        world.fault(world.connect("/"), "{'target':'StartChatContact','code':'InvalidRequestException'}");
        world.says(customer, "and again");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.chats(customer)).hasSize(3);
        assertThat(world.chats(customer).getLast().has("continuedFrom")).isFalse();
        assertThat(world.phoneTexts(customer)).containsExactly("Bye", "Bye again");
    }

    @Test
    void aSupervisorWhoBargesInIsHeardByTheCustomer() {
        String customer = "15550000222";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.agentSays(world.chats(customer).getFirst(), "Hi");
        world.agent(world.chats(customer).getFirst(), "/barge", "{}");
        world.agent(world.chats(customer).getFirst(), "/messages", "{\"text\":\"May I?\",\"supervisor\":true}");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phoneTexts(customer)).containsExactly("Hi", "May I?");
        world.says(customer, "Please");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
    }

    @Test
    void filesOfANumberOfEndUserMessagingPassThroughABucketInBothDirections() {
        String customer = "15550000223";
        String image = world.uploads(JPEG, "image/jpeg");
        world.fault(world.graph("/"), "{'target':'GetWhatsAppMessageMedia','code':'ThrottledRequestException'}");
        world.sends(EUM_NUMBER, customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg'}}");
        world.sends(EUM_NUMBER, customer, "{'type':'image','image':{'id':'999','mime_type':'image/jpeg'}}");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        assertThat(files(customer)).containsExactly(Map.entry("image.jpg", JPEG));
        assertThat(world.customerTexts(customer))
                .containsExactly("[image: not attached, as it is not available any more]");

        world.fault(world.graph("/"), "{'target':'PostWhatsAppMessageMedia','code':'DependencyException'}");
        world.agentAttaches(world.chats(customer).getFirst(), "price.pdf", "application/pdf", JPEG);
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        JsonNode received = world.phone(customer).getFirst();
        assertThat(received.path("from").asText()).isEqualTo(EUM_NUMBER);
        assertThat(world.medium(received.path("content").path("id").asText())).isEqualTo(JPEG);
    }

    @Tag("proof")
    @Test
    void aTranscriptFollowsAVoiceNoteAndNoTextWaitsForIt() {
        String customer = "15550000224";
        String voice = world.uploads(OggOpus.of(16_000, "says:See you at nine."), "audio/ogg");
        EARS.failNext(3);
        world.sends(customer, "{'type':'audio','audio':{'id':'" + voice + "','mime_type':'audio/ogg','voice':true}}");
        world.says(customer, "Did you hear me?");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.customerTexts(customer))
                .containsExactly("Did you hear me?", "[voice note in words] See you at nine.");
        assertThat(world.chats(customer)).hasSize(1);
        assertThat(metrics()).contains("lull_bridge_transcripts_total{exit=\"sent\"}");
        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(customer).equals(List.of("We understood: See you at nine.")));
    }

    @Test
    void aRealVoiceNoteIsDecodedWithoutTheProgram() throws IOException {
        String customer = "15550000229";
        byte[] note = Objects.requireNonNull(getClass().getResourceAsStream("/half-second.ogg"))
                .readAllBytes();
        String voice = world.uploads(note, "audio/ogg");
        world.sends(customer, "{'type':'audio','audio':{'id':'" + voice + "','mime_type':'audio/ogg','voice':true}}");

        await().atMost(PATIENCE).until(() -> !files(customer).isEmpty());
        assertThat(files(customer))
                .hasEntrySatisfying(
                        "audio.wav",
                        wav -> assertThat(wav)
                                .startsWith("RIFF".getBytes(UTF_8))
                                .hasSize(44 + 16_000));
    }

    @Test
    void aSoundThatTheBridgeDoesNotDecodeBecomesAWavByTheProgram() {
        String customer = "15550000219";
        String voice = world.uploads("OggS and so on".getBytes(UTF_8), "audio/ogg");
        world.sends(customer, "{'type':'audio','audio':{'id':'" + voice + "','mime_type':'audio/ogg','voice':true}}");

        await().atMost(PATIENCE).until(() -> !files(customer).isEmpty());
        assertThat(files(customer)).containsExactly(Map.entry("audio.wav", "RIFF OggS and so on".getBytes(UTF_8)));
        assertThat(world.customerTexts(customer)).noneMatch(text -> text.contains("not attached"));
    }

    @Test
    void aFileThatTheScannerRejectsIsToldToTheAgent() {
        String customer = "15550000218";
        String image = world.uploads(JPEG, "image/jpeg");
        world.steer("/_scanner", "{'verdict':'REJECTED','delayMillis':200}");
        try {
            world.sends(customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg'}}");
            await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        } finally {
            world.steer("/_scanner", "{'verdict':'APPROVED','delayMillis':0}");
        }
        assertThat(world.customerTexts(customer))
                .containsExactly("[image.jpg: not attached, as the scanner has rejected it]");
    }

    @Test
    void recordsWhatConnectHasAccepted() {
        String customer = "15550000217";
        String image = world.uploads(JPEG, "image/jpeg");
        String text = world.says(customer, "Hello");
        String file = world.sends(
                customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg','caption':'Look'}}");

        await().atMost(PATIENCE).until(() -> sent(customer).size() == 3);
        assertThat(sent(customer))
                .extracting(SentPart::messageIds)
                .containsExactly(List.of(text), List.of(file), List.of(file));
        JsonNode chat = world.chats(customer).getFirst();
        assertThat(sent(customer).getFirst().connectMessageId())
                .isEqualTo(chat.path("initialContactId").asText());
        assertThat(sent(customer).getLast().connectMessageId())
                .isEqualTo(chat.path("transcript")
                        .path(chat.path("transcript").size() - 1)
                        .path("id")
                        .asText());
    }

    /// Takes ffmpeg's place: takes an Ogg file, and puts a word in front of it.
    private static String converter() throws IOException {
        Path program = directory.resolve("converter");
        Files.writeString(program, """
                #!/bin/sh
                while [ $# -gt 1 ]; do
                  [ "$1" = -i ] && in=$2
                  shift
                done
                [ "$(head -c 4 "$in")" = OggS ] || exit 1
                { printf 'RIFF '; cat "$in"; } > "$1"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    private static List<SentPart> sent(String customer) {
        List<SentPart> sent = new ArrayList<>();
        world.records(Topics.CONNECT_MESSAGE_SENT.name()).forEach(record -> {
            try {
                SentPart part = Json.read(record.value(), SentPart.class);
                if (part.conversation().customer().equals(customer)) {
                    sent.add(part);
                }
            } catch (UnreadableJson e) {
                throw new AssertionError(e);
            }
        });
        return sent;
    }

    private static Map<String, byte[]> files(String customer) {
        List<JsonNode> chats = world.chats(customer);
        return chats.isEmpty() ? Map.of() : world.files(Objects.requireNonNull(chats.getFirst()));
    }

    /// What `/readyz` says is degraded, if anything.
    private static JsonNode degraded() {
        return world.get(world.admin("/readyz")).path("degraded").path(0);
    }

    private static int readyz() {
        return world.send(HttpRequest.newBuilder(world.admin("/readyz"))).statusCode();
    }

    /// The kinds of scope in which turns are paused at the moment, as the metrics say.
    private static List<String> pauses() {
        Pattern paused = Pattern.compile(
                "^lull_bridge_pauses\\{flow=\"lull-turn-to-chat\",.*scope=\"(\\w+)\".*} 1(\\.0)?$", Pattern.MULTILINE);
        return paused.matcher(metrics())
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String metrics() {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics"))).body();
    }
}
