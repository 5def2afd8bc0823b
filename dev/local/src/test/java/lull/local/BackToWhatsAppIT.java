package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.InputRecord;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said in a chat reaches the customer, once and in order, whatever goes wrong on the way, and the agent
/// learns what does not. A contact flow greets every customer. Each test has a customer of its own; what needs a
/// crash is in [CrashIT].
final class BackToWhatsAppIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// A business number that AWS End User Messaging Social serves.
    private static final String EUM_NUMBER = "100000000000009";

    /// A business number that has a template for replies behind the care window.
    private static final String TEMPLATE_NUMBER = "100000000000008";

    /// A business number that sends texts without a template behind the care window, and has one too.
    private static final String DIRECT_NUMBER = "100000000000007";

    private static final String INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive";
    private static final String NOT_DELIVERED = "[WhatsApp] Not delivered: ";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(
                directory,
                Map.of(
                        "connect.contact.flow.id", LocalLull.GREETING_FLOW,
                        "whatsapp.eum.numbers", EUM_NUMBER + "=phone-number-id-00000000000000000" + EUM_NUMBER,
                        "care.window.templates",
                                TEMPLATE_NUMBER + "=follow_up/en_US," + DIRECT_NUMBER + "=follow_up/en_US",
                        "care.window.direct.send", DIRECT_NUMBER,
                        "doubt.wait", "7s",
                        "doubt.wait.answered", "3s",
                        "transcript.every", "2s",
                        "transcript.between", "10ms",
                        "turn.gap", "300ms"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @AfterEach
    void noFaultIsLeft() {
        world.rates(0, 0, Duration.ZERO);
        for (URI standIn : List.of(world.graph("/_faults"), world.connect("/_faults"))) {
            assertThat(world.get(standIn)).isEmpty();
        }
    }

    @Test
    void theGreetingThatIsSentWhileTheChatIsBeingOpenedReachesTheCustomer() {
        String customer = "15550600001";
        world.says(customer, "Hello");

        awaitPhone(customer, LocalLull.GREETING);
    }

    @Test
    void afterATransferRepliesStillArrive() {
        String customer = "15550600002";
        JsonNode chat = chat(customer);
        world.agentSays(chat, "I pass you on");
        world.agent(chat, "/transfer", "{\"name\":\"Ben\"}");
        JsonNode after = world.chats(customer).getFirst();
        assertThat(after.path("contactId")).isNotEqualTo(chat.path("contactId"));
        world.agentSays(after, "Ben here");

        awaitPhone(customer, LocalLull.GREETING, "I pass you on", "Ben here");
    }

    @Test
    void theAggregatorLearnsOfEachReplyInItsConversationAndTheTurnsStayTheSame() {
        String customer = "15550600035";
        JsonNode chat = chat(customer);
        world.agentSays(chat, "How can I help?");
        awaitPhone(customer, LocalLull.GREETING, "How can I help?");

        await().atMost(PATIENCE).until(() -> answers(customer).size() >= 2);
        world.says(customer, "Thanks");
        await().atMost(PATIENCE).until(() -> world.turns(customer).size() == 2);
        assertThat(answers(customer))
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer.sentAt()).isBefore(Instant.now()));
        assertThat(world.turns(customer))
                .extracting(turn -> turn.messageIds().size())
                .containsExactly(1, 1);
        assertThat(world.records(Topics.MESSAGE_RECEIVED.deadLetters().name()))
                .noneMatch(record -> record.key() != null && record.key().endsWith(customer));
    }

    @Test
    void notificationsThatComeTwiceOrOutOfOrderGiveOneReplyInOrder() {
        String customer = "15550600003";
        JsonNode chat = chat(customer);
        onConnect("{'target':'sns.duplicate','times':3}");
        world.agentSays(chat, "One");
        world.agentSays(chat, "Two");
        world.agentSays(chat, "Three");
        awaitPhone(customer, LocalLull.GREETING, "One", "Two", "Three");

        onConnect("{'target':'sns.reorder'}");
        world.agentSays(chat, "Four");
        world.agentSays(chat, "Five");

        awaitPhone(customer, LocalLull.GREETING, "One", "Two", "Three", "Four", "Five");
    }

    @Test
    void whatIsForAgentsOnlyNeverReachesTheCustomer() {
        String customer = "15550600004";
        JsonNode chat = chat(customer);
        world.agent(chat, "/messages", "{\"text\":\"Third call this week\",\"visibility\":\"AGENT\"}");
        // Whoever finds it in the transcript must not show it either.
        onConnect("{'target':'sns.drop'}");
        world.agent(chat, "/messages", "{\"text\":\"Be careful\",\"visibility\":\"AGENT\"}");
        world.agentSays(chat, "Good morning");

        awaitPhone(customer, LocalLull.GREETING, "Good morning");
    }

    @Tag("proof")
    @Test
    void whatSnsDidNotSignIsRefusedAndFoundInTheTranscript() {
        String customer = "15550600005";
        JsonNode chat = chat(customer);
        onConnect("{'target':'sns.tamper'}");
        world.agentSays(chat, "Changed on the way");
        await().atMost(PATIENCE).until(() -> deadLetters() == 1);
        onConnect("{'target':'sns.raw'}");
        world.agentSays(chat, "Raw");

        awaitPhone(customer, LocalLull.GREETING, "Changed on the way", "Raw");
        assertThat(deadLetters()).as("what was refused is not sent again").isGreaterThanOrEqualTo(2);
        assertThat(metric("lull_bridge_notifications_total", "rejected")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsLongerThanWhatsAppTakesIsSplit() {
        String customer = "15550600006";
        JsonNode chat = chat(customer);
        String text = "every word counts 👩‍👩‍👧 ".repeat(250).strip();
        world.agentSays(chat, text);

        awaitMessages(customer, 3);
        List<String> parts = world.phoneTexts(customer).subList(1, 3);
        assertThat(parts).allMatch(part -> part.codePointCount(0, part.length()) <= 4_096);
        assertThat(String.join(" ", parts)).isEqualTo(text);
    }

    @Test
    void markdownGetsWhatsAppsMarksAndLinksStayAsTheyAre() {
        String customer = "15550600030";
        JsonNode chat = chat(customer);
        String reset = "Reset: https://app.example/r?token=ab__cd-ef__gh, card ****1234";
        agentSays(chat, "text/markdown", reset);
        agentSays(chat, "text/plain", "**plain** [text](https://a.example)");
        agentSays(
                chat,
                "text/markdown",
                "# Hi\n**Pay: https://pay.example/i_7**\n[terms][1] & **two\nlines**\n\n[1]: /t");

        awaitPhone(
                customer,
                LocalLull.GREETING,
                reset,
                "**plain** [text](https://a.example)",
                "*Hi*\n*Pay:* https://pay.example/i_7\nterms (/t) & *two*\n*lines*");
    }

    @Test
    void whatIsMarkedIsNotCutInTwo() {
        String customer = "15550600031";
        JsonNode chat = chat(customer);
        agentSays(chat, "text/markdown", "**" + "bold words ".repeat(500).strip() + "**");

        awaitMessages(customer, 3);
        assertThat(world.phoneTexts(customer).subList(1, 3))
                .allSatisfy(
                        part -> assertThat(part).startsWith("*").endsWith("*").hasSizeLessThanOrEqualTo(4_096));
    }

    @Tag("proof")
    @Test
    void choicesWithEqualTitlesAreTextAndTheNumberIsTheExactTitle() {
        String customer = "15550600032";
        JsonNode chat = chat(customer);
        agentSays(
                chat,
                INTERACTIVE,
                "{'templateType':'QuickReply','data':{'content':{'title':'Pick **one**',"
                        + "'elements':[{'title':'Yes'},{'title':'**Yes**'}]}}}");
        awaitPhone(customer, LocalLull.GREETING, "Pick *one*\n\n1. Yes\n2. *Yes*");

        world.says(customer, "\u0662.");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("**Yes**"));
    }

    @Tag("proof")
    @Test
    void aQuotedNumberAnswersTheQuestionThatItQuotesAndNotTheLatest() {
        String customer = "15550600037";
        JsonNode chat = chat(customer);
        agentSays(chat, INTERACTIVE, twoChoices("About what?", "Billing", "Billing"));
        agentSays(chat, INTERACTIVE, twoChoices("When?", "Today", "**Today**"));
        awaitMessages(customer, 3);
        world.agentSays(chat, "How many?");
        awaitMessages(customer, 4);

        quotes(customer, 1, "(1)");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer).getLast().equals("Billing"));
        quotes(customer, 2, "\u0662.");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer).getLast().equals("**Today**"));
        quotes(customer, 1, "2. Billing");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer).getLast().equals("Billing"));
        quotes(customer, 3, "2");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer).getLast().equals("[in reply to] How many?\n2"));
    }

    private static String twoChoices(String title, String one, String other) {
        return "{'templateType':'QuickReply','data':{'content':{'title':'" + title + "','elements':[{'title':'" + one
                + "'},{'title':'" + other + "'}]}}}";
    }

    /// @param message the number of the message on the customer's phone, from 0
    private static void quotes(String customer, int message, String text) {
        world.sends(
                customer,
                "{'type':'text','text':{'body':'" + text + "'},'context':{'id':'"
                        + world.phone(customer).get(message).path("wamid").asText() + "'}}");
    }

    @Tag("proof")
    @Test
    void aCarouselAsTextSaysWhichPanelEachChoiceIsOf() {
        String customer = "15550600033";
        JsonNode chat = chat(customer);
        String panel =
                "{'templateIdentifier':'%s','templateType':'Panel','data':{'content':{'title':'%s','subtitle':'%s',"
                        + "'elements':[{'title':'Details','type':'hyperlink','url':'https://t.example/%s'},{'title':'Book'}]}}}";
        agentSays(
                chat,
                INTERACTIVE,
                "{'templateType':'Carousel','data':{'content':{'title':'Our offers','elements':["
                        + panel.formatted("t0", "California", "from 499 EUR", 0)
                        + ","
                        + panel.formatted("t1", "New York", "from 599 EUR", 1)
                        + "]}}}");

        awaitPhone(
                customer,
                LocalLull.GREETING,
                "Our offers\n\nCalifornia\nfrom 499 EUR\nDetails\nhttps://t.example/0\n1. Book\n\n"
                        + "New York\nfrom 599 EUR\nDetails\nhttps://t.example/1\n2. Book");
    }

    @Test
    void whatIsOfAnUnknownKindIsReadableOrToldToTheAgent() {
        String customer = "15550600034";
        JsonNode chat = chat(customer);
        double before = metric("lull_bridge_chat_events_total", "not_shown");
        agentSays(
                chat,
                INTERACTIVE,
                "{'templateType':'ViewResource','data':{'content':{'viewToken':'t','title':'Please fill in'}}}");
        agentSays(chat, INTERACTIVE, "{'templateType':'WhatsAppHsm','data':{'templateName':'welcome'}}");
        world.agentSays(chat, "Well?");

        awaitPhone(customer, LocalLull.GREETING, "Please fill in", "Well?");
        awaitNote(customer, NOT_DELIVERED + "WhatsApp cannot show an interactive message of the kind WhatsAppHsm.");
        assertThat(metric("lull_bridge_chat_events_total", "not_shown")).isGreaterThan(before);
    }

    @Test
    void filesGoAsMediaInOrder() {
        String customer = "15550600007";
        JsonNode chat = chat(customer);
        byte[] picture = bytes(1L, 200_000);
        byte[] table = "a;b\n1;2\n".getBytes(StandardCharsets.UTF_8);
        world.agentSays(chat, "Look:");
        world.agentAttaches(chat, "cat.png", "image/png", picture);
        world.agentAttaches(chat, "table.csv", "text/csv", table);
        world.agentSays(chat, "Well?");

        awaitMessages(customer, 5);
        assertThat(world.phone(customer))
                .extracting(message -> message.path("type").asText())
                .containsExactly("text", "text", "image", "document", "text");
        JsonNode image = world.phone(customer).get(2).path("content");
        JsonNode document = world.phone(customer).get(3).path("content");
        assertThat(image.has("link")).isFalse();
        assertThat(world.medium(image.path("id").asText())).isEqualTo(picture);
        assertThat(document.path("filename").asText()).isEqualTo("table.csv");
        assertThat(world.medium(document.path("id").asText())).isEqualTo(table);
    }

    @Test
    void aFileThatCannotBeUploadedIsToldToTheAgent() {
        String customer = "15550600008";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'media','code':'131053'}");
        world.agentAttaches(chat, "cat.png", "image/png", bytes(2L, 100));
        world.agentSays(chat, "Well?");

        awaitPhone(customer, LocalLull.GREETING, "Well?");
        awaitNote(customer, "[WhatsApp] The file was not delivered: WhatsApp does not accept it.");
    }

    @Tag("proof")
    @Test
    void theReplyBehindAFileWaitsUntilTheFileIsSent() {
        String customer = "15550600009";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'status.delay','delayMillis':2000}");
        world.agentAttaches(chat, "cat.png", "image/png", bytes(3L, 100));
        world.agentSays(chat, "Well?");

        awaitMessages(customer, 3);
        Duration between = Duration.between(at(customer, 1), at(customer, 2));
        assertThat(between).isBetween(Duration.ofSeconds(2), Duration.ofMillis(4_900));
    }

    @Tag("proof")
    @Test
    void aStatusNeverGoesBackAndTheAgentSeesWhatWasRead() {
        String customer = "15550600010";
        JsonNode chat = chat(customer);
        world.awaitQuietStatuses();
        world.awaitHandled("lull-status-to-reply", Topics.MESSAGE_STATUS);
        // Those of the greeting.
        long before = events(chat);
        onWhatsApp("{'target':'status.reorder'}");
        onWhatsApp("{'target':'status.duplicate'}");
        world.agentSays(chat, "Hi");

        awaitMessages(customer, 2);
        String reply = replyId(customer, 1);
        await().atMost(PATIENCE).until(() -> statusesOf(customer) >= 7);
        assertThat(world.outcomes(reply))
                .filteredOn(ReplyOutcome.Reported.class::isInstance)
                .extracting(outcome -> ((ReplyOutcome.Reported) outcome).status())
                .containsExactly("read");
        world.awaitHandled("lull-status-to-reply", Topics.MESSAGE_STATUS);
        // "Read" came first, and nothing that came after it is reported to the agent.
        assertThat(events(chat) - before).isEqualTo(1);
    }

    @Test
    void theCustomerSeesOnceATurnThatWhatTheyWroteIsRead() {
        String customer = "15550600019";
        world.says(customer, "Hello");
        String id = world.says(customer, "Anybody there?");

        await().atMost(PATIENCE).until(() -> !marks(id).isEmpty());
        awaitPhone(customer, LocalLull.GREETING);
        assertThat(marks(id)).singleElement().satisfies(mark -> {
            assertThat(mark.path("path").asText()).contains(World.NUMBER);
            assertThat(mark.at("/body/typing_indicator").isMissingNode()).isTrue();
        });
        assertThat(world.customerTexts(customer)).containsExactly("Hello\nAnybody there?");
    }

    @Test
    void theCustomerSeesThatAnAgentTypes() {
        String customer = "15550600023";
        String id = world.says(customer, "Hello");
        awaitPhone(customer, LocalLull.GREETING);
        JsonNode chat = world.chats(customer).getFirst();
        world.agent(chat, "/typing", "{}");
        world.agent(chat, "/typing", "{}");
        world.agentSays(chat, "Hi");

        awaitPhone(customer, LocalLull.GREETING, "Hi");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(marks(id))
                        .filteredOn(mark ->
                                mark.at("/body/typing_indicator/type").asText().equals("text"))
                        .hasSize(1));
    }

    @Test
    void whatWhatsAppRefusesIsToldToTheAgentAndTheNextReplyGoesOut() {
        String customer = "15550600011";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'messages','code':'131047'}");
        world.agentSays(chat, "Too late");
        world.agentSays(chat, "Still here");

        awaitPhone(customer, LocalLull.GREETING, "Still here");
        awaitNote(
                customer,
                NOT_DELIVERED + "more than 24 hours have passed since the customer wrote last; only a template may be"
                        + " sent. \"Too late\"");
    }

    @Test
    void theAgentIsToldBeforeTheCareWindowEnds() {
        String customer = "15550600020";
        JsonNode chat = chatFrom(Duration.ofMinutes(23 * 60 + 30), World.NUMBER, customer);
        world.agentSays(chat, "I am on it");

        awaitPhone(customer, LocalLull.GREETING, "I am on it");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .anySatisfy(text -> assertThat(text)
                                .matches("\\[WhatsApp] In (29|30) min WhatsApp's care window ends: .*")));
    }

    @Test
    void behindTheCareWindowNothingIsSentInVain() {
        String customer = "15550600021";
        double before = metric("lull_bridge_care_windows_total", "refused");
        JsonNode chat = chatFrom(Duration.ofHours(25), World.NUMBER, customer);
        world.agentSays(chat, "Too late");

        awaitNote(
                customer,
                NOT_DELIVERED + "more than 24 hours have passed since the customer wrote last; only a template may be"
                        + " sent. \"Too late\"");
        assertThat(world.phone(customer)).isEmpty();
        assertThat(metric("lull_bridge_care_windows_total", "refused")).isEqualTo(before + 2);

        world.says(customer, "Are you there?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Are you there?"));
        world.agentSays(chat, "Now I am");
        awaitPhone(customer, "Now I am");
    }

    @Test
    void behindTheCareWindowATemplateTakesThePlaceOfAText() {
        String customer = "15550600022";
        JsonNode chat = chatFrom(Duration.ofHours(25), TEMPLATE_NUMBER, customer);
        world.agentSays(chat, "Your bill\nis ready");

        awaitMessages(customer, 2);
        JsonNode template = world.phone(customer).getLast().path("content");
        assertThat(template.path("name").asText()).isEqualTo("follow_up");
        assertThat(template.at("/components/0/parameters/0/text").asText()).isEqualTo("Your bill is ready");
        awaitNote(
                customer,
                "[WhatsApp] Sent as a template, as more than 24 hours have passed since the customer wrote last."
                        + " \"Your bill is ready\"");
    }

    @Tag("proof")
    @Test
    void behindTheCareWindowAnAgentsOwnWordsGoOutAsLongAsWhatsAppTakesThem() {
        String customer = "15550600041";
        directSends("\"allowed\":\"yes\"");
        JsonNode chat = chatFrom(Duration.ofHours(25), DIRECT_NUMBER, customer);
        // A template takes the place of the greeting, which no agent has written.
        awaitMessages(customer, 1);
        world.agentSays(chat, "Your bill\nis ready");

        awaitMessages(customer, 2);
        JsonNode direct = world.phone(customer).getLast();
        assertThat(direct.path("category").asText()).isEqualTo("utility");
        assertThat(direct.path("text").asText()).isEqualTo("Your bill\nis ready");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.records(Topics.MESSAGE_STATUS.name()).stream()
                                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                                .filter(status ->
                                        status.contains(direct.path("wamid").asText())))
                        .anySatisfy(status -> assertThat(status).contains("\"category\":\"utility\"")));

        directSends("\"banned\":\"yes\"");
        world.agentSays(chat, "Shall I send it?");

        awaitMessages(customer, 3);
        JsonNode template = world.phone(customer).getLast().path("content");
        assertThat(template.path("name").asText()).isEqualTo("follow_up");
        assertThat(template.at("/components/0/parameters/0/text").asText()).isEqualTo("Shall I send it?");
        awaitNote(
                customer,
                "[WhatsApp] Sent as a template, as more than 24 hours have passed since the customer wrote last."
                        + " \"Shall I send it?\"");

        // The restriction ends, and the process that calls WhatsApp loses the answer.
        directSends("\"banned\":\"no\"");
        onWhatsApp("{'target':'messages','reset':true,'takesEffect':true}");
        world.agentSays(chat, "It is sent");

        awaitMessages(customer, 4);
        assertThat(world.phone(customer).getLast().path("category").asText()).isEqualTo("utility");
        world.agentSays(chat, "Good-bye");
        awaitMessages(customer, 5);
        assertThat(world.phone(customer).stream()
                        .map(message -> message.path("category").asText()))
                .containsExactly("", "utility", "", "utility", "utility");
    }

    private static void directSends(String members) {
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(world.graph("/_direct_sends"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"number\":\"" + DIRECT_NUMBER + "\"," + members + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anUnknownRecipientIsToldToTheAgentThoughWhatsAppSaysSoLater() {
        String customer = "15550600012";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'status.failed','code':'131026'}");
        world.agentSays(chat, "Hello?");

        awaitNote(customer, NOT_DELIVERED + "WhatsApp cannot reach this customer.");
    }

    @Tag("proof")
    @Test
    void whatMayBeRepeatedIsInOrder() {
        String customer = "15550600013";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'messages','code':'131056'}");
        onWhatsApp("{'target':'messages','code':'130429'}");
        world.agentSays(chat, "One");
        world.agentSays(chat, "Two");

        awaitPhone(customer, LocalLull.GREETING, "One", "Two");
        assertThat(world.customerTexts(customer)).containsExactly("Hello");
    }

    @Tag("proof")
    @Test
    void whatIsTooMuchForACustomerAtOnceComesLaterAndInOrder() {
        String customer = "15550600025";
        JsonNode chat = chat(customer);
        world.rates(0, 2, Duration.ofSeconds(8));
        for (String text : List.of("One", "Two", "Three", "Four")) {
            world.agentSays(chat, text);
        }

        awaitPhone(customer, LocalLull.GREETING, "One", "Two", "Three", "Four");
        assertThat(refusedSends(customer)).isNotZero();
        assertThat(world.customerTexts(customer)).as("nobody is told").containsExactly("Hello");
    }

    @Tag("proof")
    @Test
    void whatIsTooMuchForANumberComesLaterAndInOrder() {
        String customer = "15550600026";
        String other = "15550600027";
        JsonNode chat = chat(customer);
        JsonNode otherChat = chat(other);
        world.rates(1, 0, Duration.ZERO);
        for (String text : List.of("One", "Two")) {
            world.agentSays(chat, text);
            world.agentSays(otherChat, text);
        }

        awaitPhone(customer, LocalLull.GREETING, "One", "Two");
        awaitPhone(other, LocalLull.GREETING, "One", "Two");
        assertThat(refusedSends(customer) + refusedSends(other)).isNotZero();
    }

    @Tag("proof")
    @Test
    void aDoubtIsSettledThoughWhatsAppWritesTheCustomersNumberInAnotherWay() {
        String customer = "5215550600028";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'recipient.rewritten','times':2}");
        onWhatsApp("{'target':'messages','code':'131000','takesEffect':true}");
        world.agentSays(chat, "Once");
        world.agentSays(chat, "Next");

        awaitPhone(customer, LocalLull.GREETING, "Once", "Next");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.records("whatsapp.message.status"))
                        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .anyMatch(status -> status.contains("\"525550600028\"")));
    }

    @Test
    void anErrorBehindWhichTheReplyWasSentSendsNothingAgain() {
        String customer = "15550600014";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'messages','code':'131000','takesEffect':true}");
        world.agentSays(chat, "Once");
        world.agentSays(chat, "Next");

        awaitPhone(customer, LocalLull.GREETING, "Once", "Next");
    }

    @Tag("proof")
    @Test
    void anAnswerThatDoesNotComeSendsNothingAgain() {
        String customer = "15550600015";
        JsonNode chat = chat(customer);
        onWhatsApp("{'target':'messages','delayMillis':8000,'takesEffect':true}");
        world.agentSays(chat, "Once");
        world.agentSays(chat, "Next");

        awaitPhone(customer, LocalLull.GREETING, "Once", "Next");
    }

    @Tag("proof")
    @Test
    void whatStaysInDoubtIsSentAgainAndCountedAndTheConversationGoesOn() {
        String customer = "15550600016";
        JsonNode chat = chat(customer);
        double before = metric("lull_bridge_doubts_total", "sent_again");
        world.awaitQuietStatuses();
        onWhatsApp("{'target':'status.drop','times':3}");
        onWhatsApp("{'target':'messages','code':'131000','takesEffect':true}");
        world.agentSays(chat, "Perhaps twice");
        world.agentSays(chat, "Next");

        awaitPhone(customer, LocalLull.GREETING, "Perhaps twice", "Perhaps twice", "Next");
        assertThat(metric("lull_bridge_doubts_total", "sent_again")).isEqualTo(before + 1);
    }

    @Test
    void whatTheCustomerChoosesIsTheExactTitleForTheChat() {
        String customer = "15550600017";
        JsonNode chat = chat(customer);
        String title = "A title that is longer than WhatsApp shows";
        String picker = "{'templateType':'ListPicker','data':{'content':{'title':'What is it about?','elements':["
                + "{'title':'Bill'},{'title':'" + title + "'}]}}}";
        asks(chat, picker);
        awaitMessages(customer, 2);
        JsonNode row = world.phone(customer).getLast().path("content").at("/action/sections/0/rows/1");

        world.sends(
                customer,
                "{'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'"
                        + row.path("id").asText() + "','title':'"
                        + row.path("title").asText() + "'}}}");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.customerTexts(customer).getLast()).isEqualTo(title);
    }

    @Test
    void theNumberOfAChoiceIsItsExactTitleForTheChat() {
        String customer = "15550600029";
        JsonNode chat = chat(customer);
        String picker = "{'templateType':'ListPicker','data':{'content':{'title':'What is it about?','elements':["
                + "{'title':'Bill'},{'title':'Terms','type':'hyperlink','url':'https://a.example'},"
                + "{'title':'Something else'}]}}}";
        asks(chat, picker);
        awaitMessages(customer, 2);
        assertThat(world.phoneTexts(customer).getLast()).endsWith("2. Something else");

        world.says(customer, "2");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Something else"));
        world.agentSays(chat, "How many?");
        awaitPhone(customer, LocalLull.GREETING, world.phoneTexts(customer).get(1), "How many?");
        world.says(customer, "2");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.customerTexts(customer)).containsExactly("Hello", "Something else", "2");
    }

    @Tag("proof")
    @Test
    void aNumberOfEndUserMessagingSendsByIt() {
        String customer = "15550600018";
        world.says(EUM_NUMBER, customer, "Hello");
        awaitPhone(customer, LocalLull.GREETING);
        JsonNode chat = world.chats(customer).getFirst();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sentByAws()).anyMatch(body -> body.contains("\"status\":\"read\"")));
        onWhatsApp("{'target':'SendWhatsAppMessage','code':'ThrottledRequestException'}");
        world.agentSays(chat, "One");
        awaitPhone(customer, LocalLull.GREETING, "One");
        onWhatsApp("{'target':'SendWhatsAppMessage','code':'DependencyException','takesEffect':true}");
        world.agentSays(chat, "Two");
        world.agentAttaches(chat, "cat.png", "image/png", bytes(4L, 100));
        world.agentSays(chat, "Three");

        awaitPhone(customer, LocalLull.GREETING, "One", "Two", "Three");
        awaitNote(customer, "[WhatsApp] The file was not delivered: There is no bucket for files of this number.");
        assertThat(world.phone(customer))
                .extracting(message -> message.path("from").asText())
                .containsOnly(EUM_NUMBER);
        assertThat(world.get(world.graph("/_phone/requests")))
                .filteredOn(request -> request.path("path").asText().equals("/v1/whatsapp/send"))
                .extracting(request -> request.path("status").asInt())
                .as("greeting, read mark, and what the agent said")
                .containsExactlyInAnyOrder(200, 200, 429, 200, 502, 200);
    }

    /// The bodies in WhatsApp's form that came by AWS End User Messaging Social.
    private static List<String> sentByAws() {
        return world.get(world.graph("/_phone/requests"))
                .valueStream()
                .map(request -> request.at("/body/message").asText())
                .map(message -> new String(Base64.getDecoder().decode(message), StandardCharsets.UTF_8))
                .toList();
    }

    /// A chat that the customer has opened, and whose greeting has arrived.
    private static JsonNode chat(String customer) {
        world.says(customer, "Hello");
        awaitPhone(customer, LocalLull.GREETING);
        return world.chats(customer).getFirst();
    }

    /// A chat whose customer has written a while ago.
    private static JsonNode chatFrom(Duration ago, String number, String customer) {
        world.saidAt(Instant.now().minus(ago), number, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Hello"));
        return world.chats(customer).getFirst();
    }

    /// An interactive message is said in a chat, given as Connect's JSON with single quotes.
    private static void asks(JsonNode chat, String message) {
        world.agent(
                chat,
                "/messages",
                Json.text(Map.of(
                        "contentType",
                        "application/vnd.amazonaws.connect.message.interactive",
                        "text",
                        message.replace('\'', '"'))));
    }

    /// How often WhatsApp has refused to send something to a customer.
    private static long refusedSends(String customer) {
        return world.get(world.graph("/_phone/requests"))
                .valueStream()
                .filter(request -> request.at("/body/to").asText().equals(customer)
                        && request.path("status").asInt() == 400)
                .count();
    }

    /// The read marks of a message, with and without typing.
    private static List<JsonNode> marks(String messageId) {
        return world.get(world.graph("/_phone/requests"))
                .valueStream()
                .filter(request -> request.at("/body/status").asText().equals("read")
                        && request.at("/body/message_id").asText().equals(messageId))
                .toList();
    }

    /// Makes something go wrong at WhatsApp.
    private static void onWhatsApp(String fault) {
        world.fault(world.graph("/"), fault);
    }

    /// Makes something go wrong at Amazon Connect, or on the way of its notifications.
    private static void onConnect(String fault) {
        world.fault(world.connect("/"), fault);
    }

    private static void awaitMessages(String customer, int atLeast) {
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() >= atLeast);
    }

    private static void agentSays(JsonNode chat, String contentType, String content) {
        String text = contentType.equals(INTERACTIVE) ? content.replace('\'', '"') : content;
        world.agent(chat, "/messages", Json.text(Map.of("text", text, "contentType", contentType)));
    }

    private static void awaitPhone(String customer, String... texts) {
        awaitMessages(customer, texts.length);
        assertThat(world.phoneTexts(customer)).containsExactly(texts);
    }

    private static void awaitNote(String customer, String note) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).contains(note));
    }

    private static Instant at(String customer, int message) {
        return Instant.parse(world.phone(customer).get(message).path("at").asText());
    }

    private static String replyId(String customer, int message) {
        String callback =
                world.phone(customer).get(message).path("bizOpaqueCallbackData").asText();
        return callback.split("\\|", -1)[1];
    }

    /// The answers of the input topic that belong to a customer's conversation.
    private static List<Answer> answers(String customer) {
        return world.records(Topics.MESSAGE_RECEIVED.name()).stream()
                .filter(record -> (World.NUMBER + "|" + customer).equals(record.key()))
                .map(record -> {
                    try {
                        return Json.read(record.value(), InputRecord.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(Answer.class::isInstance)
                .map(Answer.class::cast)
                .toList();
    }

    private static long statusesOf(String customer) {
        return world.records("whatsapp.message.status").stream()
                .filter(record -> record.key().endsWith("|" + customer))
                .count();
    }

    private static long events(JsonNode chat) {
        long events = 0;
        for (JsonNode call : world.get(world.connect("/_agent/calls"))) {
            if (call.path("operation").asText().equals("SendEvent")
                    && call.path("contactId").equals(chat.path("contactId"))
                    && call.path("status").asInt() == 200) {
                events++;
            }
        }
        return events;
    }

    private static int deadLetters() {
        return world.get(world.connect("/_sns/dead-letters")).size();
    }

    /// A counter by its exit, 0 where it has not counted yet.
    private static double metric(String name, String exit) {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("exit=\"" + exit + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
