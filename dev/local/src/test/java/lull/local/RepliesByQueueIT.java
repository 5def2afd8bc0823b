package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Applications that ask for replies by a queue, on a server that speaks SQS's protocol, up to the customer's phone.
@Tag("proof")
final class RepliesByQueueIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();

    private static QueueServer queue;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        queue = COMPONENTS.add("queue", QueueServer.startFifo());
        world = World.ofOneJvm(
                directory,
                Map.of(
                        "replies.queue.url",
                        queue.url(),
                        "replies.queue.endpoint",
                        queue.endpoint(),
                        "replies.queue.credentials",
                        "placeholder",
                        "whatsapp.apps",
                        "shop",
                        "whatsapp.app.secrets.shop",
                        "another-secret",
                        "whatsapp.verify.token.shop",
                        "another-token",
                        "replies.business.number.shop",
                        "100000000000051"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void bothFormsReachTheCustomerInOrder() {
        String customer = "15550007001";
        for (int number = 1; number <= 15; number++) {
            queue.send(customer, shortForm("n" + number, customer, "Number " + number));
        }
        queue.send(
                customer,
                "{\"id\":\"last\",\"conversation\":\"100000000000051|" + customer
                        + "\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"The last\"}}}");

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("The last"));
        List<String> texts = world.phoneTexts(customer);
        assertThat(texts)
                .hasSize(16)
                .startsWith("Number 1", "Number 2", "Number 3")
                .endsWith("Number 15", "The last");
        assertThat(world.phone(customer))
                .allMatch(message -> message.path("from").asText().equals("100000000000051"));
        queue.awaitEmpty();
    }

    @Test
    void whatIsAskedForTwiceWithOneIdIsSentOnce() {
        String customer = "15550007002";
        queue.send(customer, shortForm("once", customer, "Only once"));
        queue.send(customer, shortForm("once", customer, "Only once") + " ");
        queue.send(customer, shortForm("after", customer, "After"));

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("After"));
        assertThat(world.phoneTexts(customer)).containsExactly("Only once", "After");
    }

    @Test
    void whatIsNoRequestIsKeptWithTheReasonAndHoldsNothingUp() {
        String customer = "15550007003";
        queue.send(customer, "{\"app_id\":\"shop\",\"phone_number\":\"" + customer + "\"}");
        queue.send(customer, shortForm("gone", customer, "To no app").replace("\"shop\"", "\"gone\""));
        queue.send(customer, shortForm("good", customer, "Good"));

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("Good")));
        assertThat(world.records(Topics.WEBHOOK_UNPARSED.name()).stream()
                        .filter(record -> new String(record.value(), UTF_8).contains(customer))
                        .map(record -> new String(
                                record.headers().lastHeader("lull-reason").value(), UTF_8)))
                .hasSize(2)
                .anyMatch(reason -> reason.contains("conversation or to is needed"))
                .anyMatch(reason -> reason.contains("app_id must be an app of whatsapp.apps"));
        queue.awaitEmpty();
    }

    private static String shortForm(String id, String customer, String text) {
        return "{\"id\":\"" + id + "\",\"app_id\":\"shop\",\"phone_number\":\"" + customer + "\",\"message_to_send\":\""
                + text + "\"}";
    }
}
