package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent reads of the kinds of messages, from the webhook's bytes to the chat, in one JVM on real parts. Each
/// test has a customer of its own.
@Tag("proof")
final class WhatAgentsReadIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of("replies.tokens", "secret", "agent.notes.every", "0s"), COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void reactionsEditsAndDeletionsSayWhichMessageTheyAreAbout() {
        String customer = "15550002001";
        String plan = world.says(customer, "Which plan fits me?");
        awaitTexts(customer, 1);
        world.agentSays(chat(customer), "Shall I book plan A?");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        String question = world.phone(customer).getFirst().path("wamid").asText();
        world.sends(customer, reaction(question, "👍"));
        awaitTexts(customer, 2);
        world.sends(customer, reaction(question, ""));
        awaitTexts(customer, 3);
        String card = world.says(customer, "My card is 4111 1111 1111 1111");
        awaitTexts(customer, 4);
        world.sends(
                customer,
                "{'type':'edit','edit':{'original_message_id':'" + plan
                        + "','message':{'type':'text','text':{'body':'Which plan is cheap?'}}}}");
        awaitTexts(customer, 5);
        world.sends(customer, "{'type':'revoke','revoke':{'original_message_id':'" + card + "'}}");
        awaitTexts(customer, 6);
        world.sends(customer, reaction(plan, "😀"));
        awaitTexts(customer, 7);

        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "Which plan fits me?",
                        "[reaction] 👍 to: Shall I book plan A?",
                        "[took a reaction back] to: Shall I book plan A?",
                        "My card is 4111 1111 1111 1111",
                        "[edited message] Which plan is cheap?\n[instead of] Which plan fits me?",
                        "[deleted a message] My card is ••••",
                        "[reaction] 😀 to: Which plan is cheap?");
    }

    @Test
    void aReactionWithinATurnSaysWhatItIsAbout() {
        String customer = "15550002002";
        String one = world.says(customer, "Please cancel contract 1");
        world.says(customer, "Please cancel contract 2");
        world.sends(customer, reaction(one, "🙏"));
        awaitTexts(customer, 2);
        world.sends(customer, "{'type':'revoke','revoke':{'original_message_id':'" + one + "'}}");

        awaitTexts(customer, 3);
        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "Please cancel contract 1\nPlease cancel contract 2",
                        "[reaction] 🙏 to: Please cancel contract 1",
                        "[deleted a message] Please cancel contract 1");
    }

    @Test
    void aTapOnAnApplicationsQuestionSaysWhatWasAsked() {
        String customer = "15550002003";
        apply(
                customer,
                "'type':'interactive','interactive':{'type':'button','body':{'text':'May we write to you?'},"
                        + "'action':{'buttons':[{'type':'reply','reply':{'id':'yes','title':'Yes'}}]}}");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        String question = world.phone(customer).getFirst().path("wamid").asText();
        world.sends(
                customer,
                "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'yes','title':'Yes'}},"
                        + "'context':{'id':'" + question + "'}}");

        awaitTexts(customer, 1);
        assertThat(world.customerTexts(customer)).containsExactly("[in reply to] May we write to you?\nYes");
    }

    @Test
    void whatIsMissingInAMessageKeepsTheRestReadable() {
        String customer = "15550002004";
        String file = world.uploads("a file".getBytes(UTF_8), "application/pdf");
        world.sends(
                customer,
                "{'type':'image','image':{'caption':'the broken hinge','mime_type':'image/jpeg'},"
                        + "'errors':[{'code':131052,'title':'Media download error','error_data':{'details':'Failed to download the media'}}]}");
        world.sends(customer, "{'type':'location','location':{'name':'Gate','address':'Platz 1'}}");
        world.sends(
                customer,
                "{'type':'interactive','interactive':{'type':'product_reply','product_reply':{'id':'p1','title':'Red sofa, 3 seats','description':'499 EUR'}}}");
        world.sends(
                customer,
                "{'type':'contacts','contacts':[{'name':{'first_name':'Ana','last_name':'Souza'},'org':{'company':'Praxis Nord'},"
                        + "'phones':[{'wa_id':'5511955501001','type':'CELL'}],'addresses':[{'street':'Lange Str. 9','city':'Ulm'}]}]}");
        world.sends(
                customer,
                "{'type':'document','document':{'id':'" + file
                        + "','mime_type':'application/pdf','filename':'报价单.pdf','caption':'see page 2'}}");

        awaitTexts(customer, 5);
        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "[image] the broken hinge\n[WhatsApp did not deliver the file] Failed to download the media",
                        "[location] Gate, Platz 1",
                        "[message of unknown type interactive product_reply] Red sofa, 3 seats; 499 EUR",
                        "[contact] Ana Souza, Praxis Nord, +5511955501001 (cell), Lange Str. 9, Ulm",
                        "[document 报价单.pdf] see page 2");
        assertThat(world.files(chat(customer))).containsOnlyKeys("document.pdf");
    }

    @Test
    void aNameIsOneCleanLineAndIsFoundUnderAnotherFormOfTheNumber() {
        post(
                "messages",
                "'contacts':[{'wa_id':'5511987652005','profile':{'name':'Bruna\u200B\\nLima \u202E'}}],'messages':[{'from':'551187652005','id':'"
                        + World.newId() + "','timestamp':'" + now() + "','type':'text','text':{'body':'oi'}}]");

        await().atMost(PATIENCE).until(() -> !chatsOf("Bruna Lima").isEmpty());
        assertThat(World.customerTexts(chatsOf("Bruna Lima").getFirst())).containsExactly("oi");
    }

    @Test
    void aMissedCallIsToldInTheChatAndOpensOneLikeAMessage() {
        String customer = "15550002006";
        world.says(customer, "please call");
        awaitTexts(customer, 1);
        missedCall(customer, "wacid.first", "1795718423");
        missedCall(customer, "wacid.first", "1795718423");
        awaitTexts(customer, 2);
        world.says(customer, "you missed me");
        awaitTexts(customer, 3);
        assertThat(world.customerTexts(customer))
                .containsExactly("please call", "[missed call at 2026-11-26 18:40 UTC]", "you missed me");
        assertThat(world.chats(customer)).hasSize(1);

        String caller = "15550002007";
        missedCall(caller, "wacid.second", "1795718423");
        awaitTexts(caller, 1);
        assertThat(world.customerTexts(caller)).containsExactly("[missed call at 2026-11-26 18:40 UTC]");
    }

    @Test
    void whatAColleagueWroteIsToldInAnOpenChatAndOpensNone() {
        String customer = "15550002008";
        String nobody = "15550002009";
        echo(nobody, "'type':'text','text':{'body':'too early'}");
        world.says(customer, "hello?");
        awaitTexts(customer, 1);
        String answer = echo(customer, "'type':'text','text':{'body':'answered from the shop\u2019s own phone'}");
        awaitTexts(customer, 2);
        echo(customer, "'type':'image','image':{'id':'7','caption':'our door'}");
        awaitTexts(customer, 3);
        world.sends(customer, reaction(answer, "👍"));
        awaitTexts(customer, 4);

        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "hello?",
                        "[a colleague wrote in the business app] answered from the shop’s own phone",
                        "[a colleague wrote in the business app] [image] our door",
                        "[reaction] 👍 to: answered from the shop’s own phone");
        assertThat(world.phone(customer)).isEmpty();
        assertThat(world.chats(nobody)).isEmpty();
        assertThat(world.records(Topics.ACCOUNT_EVENT.deadLetters().name())).isEmpty();
    }

    @Test
    void theAdvertisementOfAGreetingIsShownOnceWithTheFirstText() {
        String customer = "15550002010";
        world.sends(customer, "{'type':'request_welcome','referral':" + ad("Winter tyres") + "}");
        await().atMost(PATIENCE).until(() -> !world.turns(customer).isEmpty());
        world.says(customer, "Hi, still valid?");
        awaitTexts(customer, 1);
        world.says(customer, "Hello?");
        awaitTexts(customer, 2);
        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "[came from the advertisement] Winter tyres, -20%, https://fb.me/abc\nHi, still valid?",
                        "Hello?");

        String other = "15550002011";
        world.sends(other, "{'type':'request_welcome','referral':" + ad("Winter tyres") + "}");
        await().atMost(PATIENCE).until(() -> !world.turns(other).isEmpty());
        world.sends(other, "{'type':'text','text':{'body':'Hi'},'referral':" + ad("Winter tyres") + "}");
        awaitTexts(other, 1);
        assertThat(world.customerTexts(other))
                .containsExactly("[came from the advertisement] Winter tyres, -20%, https://fb.me/abc\nHi");
    }

    private static String ad(String headline) {
        return "{'source_url':'https://fb.me/abc','source_type':'ad','headline':'" + headline
                + "','body':'-20%','ctwa_clid':'X'}";
    }

    private static String reaction(String messageId, String emoji) {
        return "{'type':'reaction','reaction':{'message_id':'" + messageId + "','emoji':'" + emoji + "'}}";
    }

    private static void missedCall(String customer, String id, String at) {
        post(
                "calls",
                "'contacts':[{'wa_id':'" + customer + "','profile':{'name':'Customer " + customer
                        + "'}}],'calls':[{'id':'"
                        + id + "','from':'" + customer
                        + "','to':'15550783881','event':'terminate','direction':'USER_INITIATED','status':'FAILED','timestamp':'"
                        + at + "'}]");
    }

    private static String echo(String customer, String content) {
        String id = World.newId();
        post(
                "smb_message_echoes",
                "'message_echoes':[{'from':'15550783881','to':'" + customer + "','id':'" + id + "','timestamp':'"
                        + now() + "'," + content + "}]");
        return id;
    }

    private static void post(String field, String members) {
        String body = "{'object':'whatsapp_business_account','entry':[{'id':'102290129340398','changes':[{'value':{"
                + "'messaging_product':'whatsapp','metadata':{'display_phone_number':'15550783881','phone_number_id':'"
                + World.NUMBER + "'}," + members + "},'field':'" + field + "'}]}]}";
        assertThat(world.post(body.replace('\'', '"').getBytes(UTF_8)).statusCode())
                .isEqualTo(200);
    }

    private static void apply(String customer, String content) {
        String body = "{'from':'" + World.NUMBER + "','to':{'phone':'" + customer + "'},'message':{" + content + "}}";
        int status = world.send(HttpRequest.newBuilder(world.ingress("").resolve("/replies"))
                        .header("Authorization", "Bearer secret")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", World.newId())
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))))
                .statusCode();
        assertThat(status).isEqualTo(202);
    }

    private static JsonNode chat(String customer) {
        return world.chats(customer).getFirst();
    }

    private static List<JsonNode> chatsOf(String name) {
        return world.get(world.connect("/_agent/chats"))
                .valueStream()
                .filter(chat -> chat.path("customer").asText().equals(name))
                .toList();
    }

    private static String now() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    private static void awaitTexts(String customer, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSizeGreaterThanOrEqualTo(count));
    }
}
