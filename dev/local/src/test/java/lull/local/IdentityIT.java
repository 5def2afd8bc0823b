package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Customers who change their phone number or user id: one chat, answers to the newest address, whatever comes first.
/// In one JVM on real parts; each test has customers of its own.
@Tag("proof")
final class IdentityIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    /// Somebody with an address that changes.
    private static final class Person {
        final String name = "Customer changes " + PEOPLE.incrementAndGet();

        @Nullable
        String phone = "57300" + (1_000_000 + PEOPLE.incrementAndGet());

        @Nullable
        String userId;

        JsonNode text(String body) {
            ObjectNode message = message("text");
            message.putObject("text").put("body", body);
            return message;
        }

        /// The notice that the number changes; it comes from the old one.
        ObjectNode changesTo(String newPhone) {
            ObjectNode message = message("system");
            message.putObject("system")
                    .put("type", "user_changed_number")
                    .put("wa_id", newPhone)
                    .put("body", name + " changed from " + phone + " to " + newPhone);
            return message;
        }

        ObjectNode message(String type) {
            ObjectNode message = Json.object()
                    .put("id", World.newId())
                    .put("timestamp", Long.toString(Instant.now().getEpochSecond()));
            if (phone != null) {
                message.put("from", phone);
            }
            if (userId != null) {
                message.put("from_user_id", userId);
            }
            return message.put("type", type);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(
                directory,
                Map.of("agent.notes.every", "0s", "replies.tokens", "secret", "lane.back.off.most", "1s"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aNumberThatChangesInMidChatKeepsItsChatAndGetsTheAnswers() {
        Person person = new Person();
        post(person, person.text("My parcel is late"));
        await().atMost(PATIENCE).until(() -> said(person).equals(List.of("My parcel is late")));
        String newPhone = "57301" + person.phone;
        post(person, person.changesTo(newPhone));
        person.phone = newPhone;
        post(person, person.text("any news?"));

        await().atMost(PATIENCE).until(() -> said(person).size() == 3);
        assertThat(said(person))
                .containsExactly(
                        "My parcel is late", "[notice] the customer now writes from +" + newPhone, "any news?");
        assertThat(chats(person)).hasSize(1);
        answer(person, "It arrives tomorrow");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(newPhone).equals(List.of("It arrives tomorrow")));
    }

    @Test
    void inMidTurnAndInEveryOrderAndTwiceItIsOneChatAndOneNote() {
        List<String> what = List.of("old", "notice", "new");
        List<List<Integer>> orders = List.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0));
        for (List<Integer> order : orders) {
            Person person = new Person();
            String oldPhone = person.phone;
            String newPhone = "57302" + oldPhone;
            JsonNode old = person.text("from the old one");
            JsonNode notice = person.changesTo(newPhone);
            person.phone = newPhone;
            List<JsonNode> messages = List.of(old, notice, person.text("from the new one"));
            for (int i : order) {
                post(person, messages.get(i));
            }
            for (int i : order) {
                post(person, messages.get(i));
            }

            await().alias(order.stream().map(what::get).toList().toString())
                    .atMost(PATIENCE)
                    .until(() -> said(person).containsAll(List.of("from the old one", "from the new one")));
            answer(person, "Hello");
            await().atMost(PATIENCE).until(() -> world.phoneTexts(newPhone).equals(List.of("Hello")));
            assertThat(chats(person)).as("chats").hasSize(1);
            assertThat(world.phoneTexts(String.valueOf(oldPhone))).isEmpty();
            assertThat(said(person))
                    .filteredOn(text -> text.contains("now writes from"))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(said(person)).filteredOn(text -> text.startsWith("from")).hasSize(2);
        }
    }

    @Test
    void theSameUserIdWithANewNumberGetsTheAnswersThere() {
        Person person = new Person();
        person.userId = "CO.55" + person.phone;
        post(person, person.text("hello from old"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        String old = String.valueOf(person.phone);
        person.phone = "57303" + old;
        post(person, person.text("hello from new, same user id"));
        await().atMost(PATIENCE).until(() -> said(person).contains("hello from new, same user id"));

        answer(person, "answer");
        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(String.valueOf(person.phone)).equals(List.of("answer")));
        assertThat(world.phoneTexts(old)).isEmpty();
        assertThat(chats(person)).hasSize(1);
    }

    @Test
    void aChatThatBeganWithAPhoneGoesOnWithBothAndWithTheUserIdAlone() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        post(person, person.text("one, phone only"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        person.userId = "US.99" + phone;
        post(person, person.text("two, phone and id"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 2);
        person.phone = null;
        post(person, person.text("three, id only"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 3);

        assertThat(said(person)).containsExactly("one, phone only", "two, phone and id", "three, id only");
        assertThat(chats(person)).hasSize(1);
    }

    @Test
    void aUserIdThatChangesWithoutANumberIsAnsweredByUserId() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        person.userId = "US.1" + phone;
        post(person, person.text("before"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        post(person, newUserId("US.1" + phone, "US.2" + phone));
        person.phone = null;
        person.userId = "US.2" + phone;
        post(person, person.text("after"));
        await().atMost(PATIENCE).until(() -> said(person).contains("after"));

        answer(person, "still here");
        await().atMost(PATIENCE).until(() -> world.phoneTexts("US.2" + phone).equals(List.of("still here")));
        assertThat(chats(person)).hasSize(1);
    }

    @Test
    void anApplicationThatKnowsThePhoneSpeaksInTheConversationByUserId() {
        Person person = new Person();
        person.userId = "US.7" + person.phone;
        post(person, person.text("Is it ready?"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        world.asks("'from':'" + World.NUMBER + "','to':{'phone':'" + person.phone + "'}", "It is");

        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(String.valueOf(person.phone)).equals(List.of("It is")));
        assertThat(world.send(HttpRequest.newBuilder(world.admin("/metrics"))).body())
                .contains("lull_bridge_replies_total{exit=\"forwarded\"}");
    }

    @Test
    void anApplicationThatKnowsTheNumberInItsOtherFormSpeaksInTheConversation() {
        Person person = new Person();
        String shorter = "55119"
                + String.valueOf(person.phone)
                        .substring(String.valueOf(person.phone).length() - 7);
        String longer = shorter.replaceFirst("5511", "55119");
        person.phone = shorter;
        post(person, person.text("oi"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);

        world.asks("'from':'" + World.NUMBER + "','to':{'phone':'" + longer + "'}", "Pronto");
        await().atMost(PATIENCE).until(() -> received(shorter, longer).equals(List.of("Pronto")));
        assertThat(conversations(shorter, longer)).containsExactly(World.NUMBER + "|" + shorter);

        person.phone = longer;
        post(person, person.text("obrigada"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 2);
        assertThat(chats(person)).hasSize(1);
    }

    @Test
    void anApplicationThatKnowsTheUserIdSpeaksInTheConversationWithTheCustomersPhone() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        String userId = "US.8" + phone;
        person.userId = userId;
        post(person, person.text("Is it ready?"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);

        world.asks("'from':'" + World.NUMBER + "','to':{'userId':'" + userId + "'}", "It is");
        world.asks("'conversation':'" + World.NUMBER + "|" + userId + "'", "Come in");

        await().atMost(PATIENCE).until(() -> received(phone, userId).size() == 2);
        assertThat(received(phone, userId)).containsExactly("It is", "Come in");
        assertThat(conversations(phone, userId)).containsOnly(World.NUMBER + "|" + userId);
    }

    @Test
    void anApplicationThatKnowsTheUserIdSpeaksInAConversationThatIsStillByPhone() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        post(person, person.text("one, phone only"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        String userId = "US.6" + phone;
        person.userId = userId;
        post(person, person.text("two, phone and id"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 2);

        world.asks("'from':'" + World.NUMBER + "','to':{'userId':'" + userId + "'}", "by user id");
        await().atMost(PATIENCE).until(() -> received(phone, userId).size() == 1);
        world.asks("'from':'" + World.NUMBER + "','to':{'phone':'" + phone + "'}", "by phone");
        await().atMost(PATIENCE).until(() -> received(phone, userId).size() == 2);
        world.asks("'conversation':'" + World.NUMBER + "|" + phone + "'", "by conversation");

        await().atMost(PATIENCE).until(() -> received(phone, userId).size() == 3);
        assertThat(received(phone, userId)).containsExactly("by user id", "by phone", "by conversation");
        assertThat(conversations(phone, userId)).as("one lane for all").hasSize(1);
    }

    @Test
    void anApplicationThatKnowsTheOldNumberOrItsConversationReachesTheNewNumber() {
        Person person = new Person();
        String old = String.valueOf(person.phone);
        post(person, person.text("before"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        String newPhone = "57304" + old;
        post(person, person.changesTo(newPhone));
        person.phone = newPhone;
        post(person, person.text("after"));
        await().atMost(PATIENCE).until(() -> said(person).contains("after"));

        world.asks("'from':'" + World.NUMBER + "','to':{'phone':'+" + old + "'}", "by the old number");
        await().atMost(PATIENCE).until(() -> !received(newPhone, old).isEmpty());
        world.asks("'conversation':'" + World.NUMBER + "|" + old + "'", "by the old conversation");
        await().atMost(PATIENCE).until(() -> received(newPhone, old).size() == 2);

        assertThat(world.phoneTexts(newPhone)).containsExactly("by the old number", "by the old conversation");
        assertThat(world.phoneTexts(old)).isEmpty();
    }

    @Test
    void anApplicationReachesTheNewNumberBeforeTheCustomerHasWrittenFromIt() {
        Person person = new Person();
        String old = String.valueOf(person.phone);
        post(person, person.text("before"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        String newPhone = "57305" + old;
        post(person, person.changesTo(newPhone));
        await().atMost(PATIENCE).until(() -> said(person).size() == 2);

        world.asks("'conversation':'" + World.NUMBER + "|" + old + "'", "by the old conversation");

        await().atMost(PATIENCE).until(() -> !received(newPhone, old).isEmpty());
        assertThat(world.phoneTexts(newPhone)).containsExactly("by the old conversation");
    }

    @Test
    void anApplicationThatKnowsTheOldUserIdOrItsConversationReachesTheNewOne() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        String old = "US.3" + phone;
        String next = "US.4" + phone;
        person.userId = old;
        post(person, person.text("before"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        post(person, newUserId(old, next));
        person.phone = null;
        person.userId = next;
        post(person, person.text("after"));
        await().atMost(PATIENCE).until(() -> said(person).contains("after"));

        world.asks("'from':'" + World.NUMBER + "','to':{'userId':'" + old + "'}", "by the old id");
        await().atMost(PATIENCE).until(() -> !received(next, old, phone).isEmpty());
        world.asks("'conversation':'" + World.NUMBER + "|" + old + "'", "by the old conversation");
        await().atMost(PATIENCE).until(() -> received(next, old, phone).size() == 2);

        assertThat(world.phoneTexts(next)).containsExactly("by the old id", "by the old conversation");
    }

    @Test
    void aNumberThatChangesTwiceIsAnsweredAtTheLastOneWhateverComesFirst() {
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(1, 0, 2), List.of(2, 1, 0), List.of(2, 0, 1))) {
            Person person = new Person();
            String first = String.valueOf(person.phone);
            String second = "57306" + first;
            String third = "57307" + first;
            post(person, person.text("before"));
            await().atMost(PATIENCE).until(() -> said(person).size() == 1);
            JsonNode one = person.changesTo(second);
            person.phone = second;
            JsonNode two = person.changesTo(third);
            person.phone = third;
            List<JsonNode> messages = List.of(one, two, person.text("after"));
            order.forEach(i -> post(person, messages.get(i)));

            await().alias(order.toString())
                    .atMost(PATIENCE)
                    .until(() -> said(person).contains("after"));
            answer(person, "Hello");
            await().alias(order.toString())
                    .atMost(PATIENCE)
                    .until(() -> world.phoneTexts(third).equals(List.of("Hello")));
            assertThat(chats(person)).as(order.toString()).hasSize(1);
            assertThat(received(first, second)).as(order.toString()).isEmpty();
        }
    }

    @Test
    void aNumberAndAUserIdThatChangeTogetherAreOneChatInEveryOrder() {
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(0, 2, 1), List.of(1, 2, 0), List.of(2, 1, 0))) {
            Person person = new Person();
            String phone = String.valueOf(person.phone);
            person.userId = "US.10" + phone;
            String newPhone = "57308" + phone;
            JsonNode old = person.text("before");
            ObjectNode notice = person.changesTo(newPhone);
            ((ObjectNode) notice.path("system"))
                    .put("user_id", "US.11" + phone)
                    .put("previous_user_id", "US.10" + phone);
            person.phone = newPhone;
            person.userId = "US.11" + phone;
            List<JsonNode> messages = List.of(old, notice, person.text("after"));
            order.forEach(i -> post(person, messages.get(i)));

            await().alias(order.toString())
                    .atMost(PATIENCE)
                    .until(() -> said(person).containsAll(List.of("before", "after")));
            answer(person, "Hello");
            await().alias(order.toString())
                    .atMost(PATIENCE)
                    .until(() -> received(newPhone, "US.11" + phone).equals(List.of("Hello")));
            assertThat(chats(person)).as(order.toString()).hasSize(1);
            assertThat(received(phone, "US.10" + phone)).as(order.toString()).isEmpty();
        }
    }

    @Test
    void aStatusThatHasBothIdsJoinsThem() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        post(person, person.text("one, phone only"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        answer(person, "Hello");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(phone).size() == 1);
        JsonNode sent = world.phone(phone).getFirst();
        String userId = "US.12" + phone;
        ObjectNode status = Json.object()
                .put("id", sent.path("wamid").asText())
                .put("status", "read")
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("recipient_id", phone)
                .put("recipient_user_id", userId)
                .put(
                        "biz_opaque_callback_data",
                        sent.path("bizOpaqueCallbackData").asText());
        postStatus(status);
        String chat = chats(person).getFirst().path("contactId").asText();
        await().atMost(PATIENCE)
                .until(() -> world.records(Topics.CHAT.name()).stream()
                        .anyMatch(record ->
                                chat.equals(record.key()) && new String(record.value(), UTF_8).contains(userId)));
        person.phone = null;
        person.userId = userId;
        post(person, person.text("two, user id only"));

        await().atMost(PATIENCE).until(() -> said(person).contains("two, user id only"));
        assertThat(chats(person)).hasSize(1);
    }

    @Test
    void aNoticeInTheOlderFormHasTheOldNumberInside() {
        Person person = new Person();
        String phone = String.valueOf(person.phone);
        String newPhone = "57309" + phone;
        post(person, person.text("before"));
        await().atMost(PATIENCE).until(() -> said(person).size() == 1);
        ObjectNode notice = Json.object()
                .put("id", World.newId())
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("type", "system");
        notice.putObject("system")
                .put("type", "customer_changed_number")
                .put("customer", phone)
                .put("new_wa_id", newPhone);
        post(person, notice);
        person.phone = newPhone;
        post(person, person.text("after"));

        await().atMost(PATIENCE).until(() -> said(person).contains("after"));
        answer(person, "Hello");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(newPhone).equals(List.of("Hello")));
        assertThat(chats(person)).hasSize(1);
    }

    private static ObjectNode newUserId(String old, String next) {
        ObjectNode notice = Json.object()
                .put("id", World.newId())
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("type", "system");
        notice.putObject("system")
                .put("type", "user_changed_user_id")
                .put("user_id", next)
                .put("previous_user_id", old);
        return notice;
    }

    /// What arrived at any of these addresses, in order.
    private static List<String> received(String... addresses) {
        return messages(addresses).stream()
                .map(message -> message.path("text").asText())
                .toList();
    }

    /// The conversations in whose lanes it was sent, each once.
    private static List<String> conversations(String... addresses) {
        return messages(addresses).stream()
                .map(message -> message.path("bizOpaqueCallbackData").asText().split("\\|", 3)[2])
                .distinct()
                .toList();
    }

    private static List<JsonNode> messages(String... addresses) {
        return Stream.of(addresses)
                .flatMap(address -> world.phone(address).stream())
                .sorted(Comparator.comparing(message -> message.path("at").asText()))
                .toList();
    }

    private static void post(Person person, JsonNode message) {
        ObjectNode body = Json.object().put("object", "whatsapp_business_account");
        ObjectNode change = body.putArray("entry")
                .addObject()
                .put("id", "1")
                .putArray("changes")
                .addObject();
        ObjectNode value = change.put("field", "messages").putObject("value").put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", "15550783881").put("phone_number_id", World.NUMBER);
        if (!message.path("type").asText().equals("system")) {
            ObjectNode contact = value.putArray("contacts").addObject();
            contact.putObject("profile").put("name", person.name);
            copy(message, "from", contact, "wa_id");
            copy(message, "from_user_id", contact, "user_id");
        }
        value.putArray("messages").add(message);
        assertThat(world.post(Json.bytes(body)).statusCode()).isEqualTo(200);
    }

    private static void postStatus(ObjectNode status) {
        ObjectNode body = Json.object().put("object", "whatsapp_business_account");
        ObjectNode change = body.putArray("entry")
                .addObject()
                .put("id", "1")
                .putArray("changes")
                .addObject();
        ObjectNode value = change.put("field", "messages").putObject("value").put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", "15550783881").put("phone_number_id", World.NUMBER);
        value.putArray("statuses").add(status);
        assertThat(world.post(Json.bytes(body)).statusCode()).isEqualTo(200);
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String other) {
        if (from.has(name)) {
            to.put(other, from.path(name).asText());
        }
    }

    private static void answer(Person person, String text) {
        world.agentSays(chats(person).getFirst(), text);
    }

    private static List<JsonNode> chats(Person person) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode chat : world.get(world.connect("/_agent/chats"))) {
            if (chat.path("customer").asText().equals(person.name)) {
                found.add(chat);
            }
        }
        return found;
    }

    private static List<String> said(Person person) {
        return chats(person).stream()
                .flatMap(chat -> World.customerTexts(chat).stream())
                .toList();
    }
}
