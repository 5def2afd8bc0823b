package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.json.Json;
import lull.runtime.Lifecycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Customers who change their phone number or user id: one chat, answers to the newest address, whatever comes first.
/// In one JVM on real parts; each test has customers of its own.
final class IdentityIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static final Lifecycle PARTS = new Lifecycle();
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
                PARTS);
    }

    @AfterAll
    static void stop() {
        PARTS.close();
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
        ObjectNode notice = Json.object()
                .put("id", World.newId())
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("type", "system");
        notice.putObject("system")
                .put("type", "user_changed_user_id")
                .put("user_id", "US.2" + phone)
                .put("previous_user_id", "US.1" + phone);
        post(person, notice);
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
        var answer = world.send(HttpRequest.newBuilder(world.ingress("").resolve("/replies"))
                .header("Authorization", "Bearer secret")
                .header("Idempotency-Key", "known-" + person.phone)
                .POST(HttpRequest.BodyPublishers.ofString("{\"from\":\"" + World.NUMBER + "\",\"to\":{\"phone\":\""
                        + person.phone + "\"},\"message\":{\"type\":\"text\",\"text\":{\"body\":\"It is\"}}}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(String.valueOf(person.phone)).equals(List.of("It is")));
        assertThat(world.send(HttpRequest.newBuilder(world.admin("/metrics"))).body())
                .contains("lull_bridge_replies_total{exit=\"forwarded\"}");
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
