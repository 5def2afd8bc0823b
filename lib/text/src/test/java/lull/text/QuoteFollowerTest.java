package lull.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuoteFollowerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Instant NOW = Turns.NOW;
    private static final List<Topic> TOPICS =
            List.of(Topics.TURN_CLOSED, Topics.REPLY_REQUESTED, Topics.REPLY_SENT, Topics.ACCOUNT_EVENT);

    /// Before this offset nothing is recent.
    private static final long RECENT = 3;

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> first = new HashMap<>();
            times.forEach((partition, time) -> first.put(partition, new OffsetAndTimestamp(RECENT, time)));
            return first;
        }
    };
    private final Quotes quotes = new Quotes(100);
    private final QuoteFollower follower = new QuoteFollower(
            consumer,
            quotes,
            AgentTexts.load("en", Optional.empty()),
            new QuoteFollower.Options(100, NOW, 4_096, Duration.ofSeconds(5)));

    @BeforeEach
    void makeTopics() {
        Node[] none = new Node[0];
        for (Topic topic : TOPICS) {
            consumer.updatePartitions(topic.name(), List.of(new PartitionInfo(topic.name(), 0, null, none, none)));
            ends.put(partition(topic), RECENT);
        }
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        ends.keySet().forEach(partition -> beginnings.put(partition, 0L));
        consumer.updateBeginningOffsets(beginnings);
        consumer.updateEndOffsets(ends);
    }

    @AfterEach
    void stop() {
        follower.close();
    }

    @Test
    void learnsWhatCustomersAgentsApplicationsAndColleaguesSaid() throws InterruptedException {
        follower.start(Duration.ofSeconds(5));
        add(Topics.TURN_CLOSED, "k", Turns.ofTexts(1, "Is it red?"));
        add(Topics.REPLY_REQUESTED, "k", reply("r1", "AGENT", new ReplyContent.Text("x".repeat(4_000) + " The end")));
        add(Topics.REPLY_SENT, "r1", new ReplyOutcome.Sent("r1", 0, "wamid.a", NOW));
        // A status of a reply may be read before the reply.
        add(Topics.REPLY_SENT, "r2", new ReplyOutcome.Sent("r2", 0, "wamid.b", NOW));
        add(Topics.REPLY_REQUESTED, "k", reply("r2", "CUSTOM_BOT", question("Which one?")));
        add(Topics.REPLY_REQUESTED, "k", reply("r3", "AGENT", image("our door")));
        add(Topics.REPLY_SENT, "r3", new ReplyOutcome.Refused("r3", 0, 1, "no", NOW));
        add(Topics.REPLY_SENT, "r3", new ReplyOutcome.Sent("r3", 0, "wamid.c", NOW));
        add(Topics.REPLY_REQUESTED, "k", reply("r4", "AGENT", template()));
        add(Topics.REPLY_SENT, "r4", new ReplyOutcome.Sent("r4", 0, "wamid.d", NOW));
        add(Topics.ACCOUNT_EVENT, "100", echo("wamid.e", "We are open"));

        await().atMost(PATIENCE)
                .until(() ->
                        quotes.of("wamid.d").isPresent() && quotes.of("wamid.e").isPresent());
        assertThat(line("wamid.1-0")).isEqualTo("Is it red?");
        assertThat(line("wamid.a")).startsWith("xxx").endsWith("…");
        assertThat(quotes.of("wamid.b")).hasValue(new Quote("Which one?", true));
        assertThat(quotes.of("wamid.c")).hasValue(new Quote("[image] our door", false));
        assertThat(line("wamid.d")).isEqualTo("[template visit] Ana, 7 May");
        assertThat(line("wamid.e")).isEqualTo("We are open");
    }

    @Test
    void startsWithWhatIsRecentAndReadsNoMoreThanItMayKeep() throws InterruptedException {
        ends.put(partition(Topics.TURN_CLOSED), 1_000L);
        consumer.updateEndOffsets(ends);
        Thread start = Thread.ofVirtual().start(() -> {
            try {
                follower.start(Duration.ofMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        start.join();

        await().atMost(PATIENCE).until(() -> consumer.assignment().size() == TOPICS.size());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(consumer.position(partition(Topics.TURN_CLOSED))).isEqualTo(950);
            assertThat(consumer.position(partition(Topics.REPLY_SENT))).isEqualTo(RECENT);
        });
    }

    @Test
    void aBridgeStartsWithoutItIfReadingTakesLong() throws InterruptedException {
        ends.put(partition(Topics.REPLY_SENT), 1_000L);
        consumer.updateEndOffsets(ends);

        follower.start(Duration.ofMillis(50));

        assertThat(quotes.of("wamid.a")).isEmpty();
    }

    private String line(String messageId) {
        return quotes.of(messageId).orElseThrow().line();
    }

    private void add(Topic topic, String key, Object value) {
        TopicPartition partition = partition(topic);
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        consumer.addRecord(
                new ConsumerRecord<>(topic.name(), 0, offset, key.getBytes(StandardCharsets.UTF_8), Json.bytes(value)));
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic.name(), 0);
    }

    private static Reply reply(String id, String role, ReplyContent content) {
        return new Reply(
                id,
                new ConversationKey("100", "15550001111"),
                new Customer(null, "15550001111", null),
                new ReplyOrigin.Chat("c1", role, null),
                content,
                NOW);
    }

    private static ReplyContent question(String text) {
        var more = Json.object();
        more.putObject("body").put("text", text);
        return new ReplyContent.Interactive("button", more);
    }

    private static ReplyContent image(String caption) {
        return new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "7", null, caption, null, null, null);
    }

    private static ReplyContent template() {
        var components = Json.object().putArray("components");
        var parameters = components.addObject().put("type", "body").putArray("parameters");
        parameters.addObject().put("type", "text").put("text", "Ana");
        parameters.addObject().put("type", "text").put("text", "7 May");
        return new ReplyContent.Template("visit", "en_US", components, null);
    }

    private static AccountEvent echo(String id, String text) {
        return new AccountEvent(
                "smb_message_echoes",
                "9",
                null,
                NOW,
                new Source("meta", "default"),
                Turns.json(
                        "{'field':'smb_message_echoes','value':{'metadata':{'phone_number_id':'100'},'message_echoes':[{'to':'15550001111','id':'"
                                + id + "','type':'text','text':{'body':'" + text + "'}}]}}"));
    }
}
