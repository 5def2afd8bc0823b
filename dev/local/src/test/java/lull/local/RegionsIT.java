package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.standins.connect.ConnectStandIn;
import lull.standins.connect.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two business numbers whose Amazon Connect instances are in different AWS Regions: two stand-ins that know nothing of
/// each other's chats, tokens and SNS topics. In one JVM on real parts; each test has customers of its own.
@Tag("proof")
final class RegionsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NUMBER = "100000000000031";
    private static final String REGION = "eu-central-1";
    private static final String INSTANCE = "99999999-2222-4333-8444-555555555555";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:chats-there";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World here;
    private static World there;

    @BeforeAll
    static void start() throws Exception {
        ConnectStandIn other = COMPONENTS.add(
                "Connect in " + REGION,
                ConnectStandIn.start(ConnectStandIn.Options.defaults()
                        .withInstanceId(INSTANCE)
                        .withTopics(TOPIC)
                        .withFlows(Map.of("flow-there", Flow.queue()))));
        String uri = other.uri().toString();
        here = World.ofOneJvm(
                directory,
                Map.ofEntries(
                        Map.entry("connect.numbers", NUMBER),
                        Map.entry("connect.region." + NUMBER, REGION),
                        Map.entry("connect.instance.id." + NUMBER, INSTANCE),
                        Map.entry("connect.contact.flow.id." + NUMBER, "flow-there"),
                        Map.entry("connect.streaming.topic.arn." + NUMBER, TOPIC),
                        Map.entry("connect.endpoint." + NUMBER, uri),
                        Map.entry("connect.participant.endpoint." + NUMBER, uri),
                        // What agents say there comes by the transcript, as the bridge believes one stand-in of SNS.
                        Map.entry("transcript.every", "1s"),
                        Map.entry("transcript.between", "10ms"),
                        Map.entry("lane.paused.retry", "1s")),
                COMPONENTS);
        there = COMPONENTS.add("world there", here.withConnectAt(other.port()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void eachNumberTalksWithTheAgentsOfItsRegion() {
        String customer = "15550003101";
        here.says(NUMBER, customer, "Guten Tag");
        await().atMost(PATIENCE).until(() -> there.customerTexts(customer).equals(List.of("Guten Tag")));
        JsonNode chat = there.chats(customer).getFirst();
        there.agentSays(chat, "Was darf es sein?");
        await().atMost(PATIENCE).until(() -> here.phoneTexts(customer).equals(List.of("Was darf es sein?")));

        here.sends(
                NUMBER,
                customer,
                "{'type':'location','location':{'latitude':52.5,'longitude':13.4,'name':'Alexanderplatz'}}");
        await().atMost(PATIENCE).until(() -> there.customerTexts(customer).size() == 2);
        assertThat(there.chats(customer)).hasSize(1);
        assertThat(here.chats(customer)).isEmpty();
    }

    @Test
    void theSameCustomerWritesToBothRegions() {
        String customer = "15550003102";
        here.says(customer, "Hello");
        here.says(NUMBER, customer, "Hallo");

        await().atMost(PATIENCE).until(() -> here.customerTexts(customer).equals(List.of("Hello")));
        await().atMost(PATIENCE).until(() -> there.customerTexts(customer).equals(List.of("Hallo")));
        here.agentSays(here.chats(customer).getFirst(), "From here");
        there.agentSays(there.chats(customer).getFirst(), "From there");
        await().atMost(PATIENCE).until(() -> here.phoneTexts(customer).containsAll(List.of("From here", "From there")));
        assertThat(here.phoneTexts(customer)).hasSize(2);
    }

    @Test
    void tokensOfTheUsualRegionAreKeptAsBefore() {
        String customer = "15550003103";
        here.says(customer, "Hello");
        here.says(NUMBER, customer, "Hallo");
        await().atMost(PATIENCE).until(() -> here.customerTexts(customer).equals(List.of("Hello")));
        await().atMost(PATIENCE).until(() -> there.customerTexts(customer).equals(List.of("Hallo")));

        List<String> chats = here.records(Topics.CHAT.name()).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .filter(chat -> chat.contains(customer))
                .toList();
        assertThat(chats).anyMatch(chat -> chat.contains("\"participantToken\":\"" + REGION + "|"));
        assertThat(chats)
                .filteredOn(chat -> !chat.contains(NUMBER))
                .isNotEmpty()
                .noneMatch(chat -> chat.contains("|" + "participant") || chat.contains(REGION));
    }

    @Test
    void aWrongTopicThereHoldsBackNothingHere() {
        String customer = "15550003104";
        there.fault(
                there.connect("/"),
                "{'target':'StartContactStreaming','code':'AccessDeniedException','status':403,'times':3}");
        here.says(NUMBER, customer, "Hallo");
        await().atMost(PATIENCE)
                .until(() -> here.get(here.admin("/readyz"))
                        .path("degraded")
                        .toString()
                        .contains(INSTANCE));

        here.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> here.customerTexts(customer).equals(List.of("Hello")));
        assertThat(here.send(HttpRequest.newBuilder(here.admin("/readyz"))).statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> there.customerTexts(customer).equals(List.of("Hallo")));
    }

    @Test
    void metricsNameTheRegion() {
        assertThat(here.send(HttpRequest.newBuilder(here.admin("/metrics"))).body())
                .containsPattern("lull_bridge_connect_circuit\\{.*region=\"" + REGION + "\".*}")
                .containsPattern("lull_bridge_connect_circuit\\{.*region=\"us-east-1\".*}");
    }
}
