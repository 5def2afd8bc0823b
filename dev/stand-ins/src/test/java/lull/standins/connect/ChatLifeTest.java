package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.connect.model.StartChatContactResponse;
import software.amazon.awssdk.services.connectparticipant.model.AccessDeniedException;

final class ChatLifeTest {
    private final Desk desk = new Desk(options -> options.withFlows(Map.of(
            "queue", Flow.queue("Please wait."),
            "closed", Flow.closed("We open at nine."),
            "survey", Flow.queue("Hello.").withDisconnectPrompts("Were you happy?"))));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theFlowStartsOnlyWhenTheCustomerConnects() {
        StartChatContactResponse started = desk.start();
        desk.stream(started.contactId());
        assertThat(desk.told(started.contactId())).isEmpty();
        assertThat(desk.chat(started.contactId()).get("state").asText()).isEqualTo("CREATED");

        desk.connectionToken(started.participantToken());

        assertThat(desk.told(started.contactId())).containsExactly("CUSTOMER: joined", "SYSTEM: Please wait.");
        assertThat(desk.chat(started.contactId()).get("state").asText()).isEqualTo("QUEUED");
    }

    @Test
    void connectingAgainDoesNotStartTheFlowAgain() {
        Desk.Connected chat = desk.connected();
        desk.connectionToken(chat.participantToken());
        assertThat(desk.told(chat.contactId())).containsExactly("CUSTOMER: joined", "SYSTEM: Please wait.");
    }

    @Test
    void theInitialMessageIsTheCustomersFirst() {
        Desk.Connected chat = desk.connected(request ->
                request.initialMessage(first -> first.contentType("text/plain").content("Grüß Gott")));
        assertThat(desk.told(chat.contactId()))
                .containsExactly("CUSTOMER: Grüß Gott", "CUSTOMER: joined", "SYSTEM: Please wait.");
    }

    @Test
    void aClosedFlowEndsTheChatAtOnce() {
        StartChatContactResponse started = desk.start(request -> request.contactFlowId("closed"));
        desk.stream(started.contactId());
        String token = desk.connectionToken(started.participantToken());

        assertThat(desk.told(started.contactId()))
                .containsExactly("CUSTOMER: joined", "SYSTEM: We open at nine.", "-: ended");
        assertThat(desk.chat(started.contactId()).get("disconnectReason").asText())
                .isEqualTo("CONTACT_FLOW_DISCONNECT");
        assertThatThrownBy(() -> desk.says(new Desk.Connected("", "", token), "Hello?"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("Access denied");
    }

    @Test
    void aTransferKeepsTheInitialContactIdAndGivesANewContactId() {
        Desk.Connected chat = desk.connected();
        desk.act(chat.contactId(), "join", "{\"name\":\"Ana\"}");
        String second = desk.act(chat.contactId(), "transfer", "{\"name\":\"Ben\"}")
                .get("contactId")
                .asText();

        assertThat(second).isNotEqualTo(chat.contactId());
        assertThat(desk.chat(second).get("initialContactId").asText()).isEqualTo(chat.contactId());
        assertThat(desk.chat(second).get("agent").asText()).isEqualTo("Ben");
        assertThat(desk.told(chat.contactId()))
                .endsWith("AGENT: joined", "AGENT: succeeded", "AGENT: left", "AGENT: joined");
        desk.says(chat, "Still me");
        assertThat(desk.told(second)).endsWith("CUSTOMER: Still me");
    }

    @Test
    void theChatEndsWhenTheAgentLeavesAndThereIsNoDisconnectFlow() {
        Desk.Connected chat = desk.connected();
        desk.act(chat.contactId(), "messages", "{\"text\":\"Bye\"}");
        desk.act(chat.contactId(), "end", "");

        assertThat(desk.told(chat.contactId())).endsWith("AGENT: Bye", "AGENT: left", "-: ended");
        assertThat(desk.chat(chat.contactId()).get("disconnectReason").asText()).isEqualTo("AGENT_DISCONNECT");
        assertThatThrownBy(() -> desk.connectionToken(chat.participantToken()))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void theDisconnectFlowRunsUnderANewContactIdAndTheCustomerMayGoOn() {
        Desk.Connected chat = desk.connected(request -> request.contactFlowId("survey"));
        desk.act(chat.contactId(), "join", "{}");
        desk.act(chat.contactId(), "end", "");

        assertThat(desk.chat(chat.contactId()).get("state").asText()).isEqualTo("DISCONNECT_FLOW");
        assertThat(desk.chat(chat.contactId()).get("contactId").asText()).isNotEqualTo(chat.contactId());
        desk.says(chat, "Very");
        assertThat(desk.told(chat.contactId())).endsWith("AGENT: left", "SYSTEM: Were you happy?", "CUSTOMER: Very");

        desk.act(chat.contactId(), "end", "");
        assertThat(desk.chat(chat.contactId()).get("state").asText()).isEqualTo("ENDED");
    }

    @Test
    void aCustomerWhoDoesNotConnectInFiveMinutesLosesTheChat() {
        StartChatContactResponse started = desk.start();
        desk.stream(started.contactId());
        desk.pass(Duration.ofMinutes(5));

        assertThatThrownBy(() -> desk.connectionToken(started.participantToken()))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(desk.chat(started.contactId()).get("disconnectReason").asText())
                .isEqualTo("CUSTOMER_CONNECTION_NOT_ESTABLISHED");
    }

    @Test
    void aConnectionTokenExpiresAfterADayWhileTheChatGoesOn() {
        Desk.Connected chat = desk.connected();
        desk.pass(Duration.ofHours(24).minusMillis(1));
        desk.says(chat, "Just in time");
        desk.pass(Duration.ofMillis(1));

        assertThatThrownBy(() -> desk.says(chat, "Too late")).isInstanceOf(AccessDeniedException.class);
        String fresh = desk.connectionToken(chat.participantToken());
        desk.says(new Desk.Connected(chat.contactId(), chat.participantToken(), fresh), "Again");
        assertThat(desk.told(chat.contactId())).endsWith("CUSTOMER: Just in time", "CUSTOMER: Again");
    }

    @Test
    void aChatExpiresWhenItsDurationIsOver() {
        Desk.Connected chat = desk.connected(request -> request.chatDurationInMinutes(60));
        desk.pass(Duration.ofMinutes(60));
        assertThatThrownBy(() -> desk.says(chat, "Hello")).isInstanceOf(AccessDeniedException.class);
        assertThat(desk.chat(chat.contactId()).get("disconnectReason").asText()).isEqualTo("EXPIRED");
    }

    @Test
    void theCustomerMayLeave() {
        Desk.Connected chat = desk.connected();
        desk.participant.disconnectParticipant(request -> request.connectionToken(chat.token()));
        assertThat(desk.told(chat.contactId())).endsWith("CUSTOMER: left", "-: ended");
        assertThat(desk.chat(chat.contactId()).get("disconnectReason").asText()).isEqualTo("CUSTOMER_DISCONNECT");
        assertThatThrownBy(
                        () -> desk.participant.disconnectParticipant(request -> request.connectionToken(chat.token())))
                .isInstanceOf(AccessDeniedException.class);
    }
}
