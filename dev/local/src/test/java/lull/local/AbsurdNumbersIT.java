package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers that no computer can hold cost nobody but the message that has one, at every door. Each test has a customer
/// of its own.
@Tag("proof")
final class AbsurdNumbersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NUMBER = "1e99999999999";
    private static final String INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of("agent.notes.every", "0s", "turn.gap", "300ms"), COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aMessageWithOneCostsItsNeighboursInTheWebhookNothing() {
        String customer = "15550700001";
        byte[] body =
                """
                {"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"messages","value":{
                "messaging_product":"whatsapp","metadata":{"display_phone_number":"1555","phone_number_id":"%1$s"},
                "contacts":[{"profile":{"name":"Customer %2$s"},"wa_id":"%2$s"}],
                "messages":[
                {"from":"%2$s","id":"wamid.absurd","timestamp":"1767225600","type":"location",
                 "location":{"latitude":%3$s,"longitude":1}},
                {"from":"%2$s","id":"%4$s","timestamp":"31556889864403199","type":"text","text":{"body":"Hello"}}]}}]}]}""".formatted(World.NUMBER, customer, NUMBER, World.newId()).getBytes(UTF_8);

        assertThat(world.post(body).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).containsExactly("Hello"));
        assertThat(world.records(Topics.WEBHOOK_UNPARSED.name()))
                .anySatisfy(record -> assertThat(new String(record.value(), UTF_8))
                        .contains("wamid.absurd")
                        .contains(NUMBER));
    }

    @Test
    void aFormWithOneReachesTheAgentAndSoDoesWhatFollows() {
        String customer = "15550700002";
        world.sends(
                customer,
                "{'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'name':'flow','body':'Sent',"
                        + "'response_json':'{\\\"amount\\\":" + NUMBER + "}'}}}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSize(1));
        world.says(customer, "Did you get it?");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSize(2));
        assertThat(world.customerTexts(customer).getFirst()).contains(NUMBER);
        assertThat(world.customerTexts(customer).getLast()).isEqualTo("Did you get it?");
    }

    @Test
    void anInteractiveMessageWithOneIsToldTheAgentAndTheChatGoesOn() {
        String customer = "15550700003";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.chats(customer).size() == 1);
        JsonNode chat = world.chats(customer).getFirst();
        world.agent(
                chat,
                "/messages",
                Json.text(Map.of(
                        "contentType",
                        INTERACTIVE,
                        "text",
                        "{\"templateType\":\"ListPicker\",\"data\":{\"content\":{\"title\":\"Pick\",\"elements\":[{\"title\":\"A\"}],"
                                + "\"price\":" + NUMBER + "}}}")));
        world.agentSays(chat, "Well?");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phoneTexts(customer)).isEqualTo(List.of("Well?")));
    }
}
