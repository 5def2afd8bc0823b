package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ChatStateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Participant customer = new Participant("p1", "Jana", Participant.Role.CUSTOMER);
    private final Participant system = new Participant("p2", "SYSTEM_MESSAGE", Participant.Role.SYSTEM);
    private final Participant ana = new Participant("p3", "Ana", Participant.Role.AGENT);
    private final Participant ben = new Participant("p4", "Ben", Participant.Role.AGENT);

    @Test
    void connectingRunsTheFlowAndLeavesTheCustomerWaiting() {
        ChatState.Step step = new ChatState.Created().connect(customer, system, Flow.queue("One", "Two"), NOW);
        assertThat(step.next()).isEqualTo(new ChatState.Queued());
        assertThat(step.effects())
                .containsExactly(
                        Said.event(customer, ContentTypes.JOINED),
                        Said.message(system, "text/plain", "One", Said.Visibility.ALL),
                        Said.message(system, "text/plain", "Two", Said.Visibility.ALL));
    }

    @Test
    void connectingToAClosedFlowIsTheEnd() {
        ChatState.Step step = new ChatState.Created().connect(customer, system, Flow.closed(), NOW);
        assertThat(step.next()).isEqualTo(new ChatState.Ended(DisconnectReason.CONTACT_FLOW_DISCONNECT, NOW));
        assertThat(step.effects()).last().isEqualTo(Said.chatEnded());
    }

    @Test
    void aTransferLeavesUnderTheOldContactAndJoinsUnderTheNewOne() {
        ChatState.Step step = new ChatState.WithAgent(ana).transfer(ben);
        assertThat(step.next()).isEqualTo(new ChatState.WithAgent(ben));
        assertThat(step.effects())
                .containsExactly(
                        Said.event(ana, ContentTypes.TRANSFERRED),
                        Said.event(ana, ContentTypes.LEFT),
                        new Effect.NextContact(),
                        Said.event(ben, ContentTypes.JOINED));
    }

    @Test
    void anAgentWhoLeavesEndsTheChatUnlessADisconnectFlowTakesOver() {
        ChatState.Step end = new ChatState.WithAgent(ana).leave(system, Flow.queue(), NOW);
        assertThat(end.next()).isEqualTo(new ChatState.Ended(DisconnectReason.AGENT_DISCONNECT, NOW));
        assertThat(end.effects()).containsExactly(Said.event(ana, ContentTypes.LEFT), Said.chatEnded());

        Flow survey = Flow.queue().withDisconnectPrompts("Were you happy?");
        ChatState.Step on = new ChatState.WithAgent(ana).leave(system, survey, NOW);
        assertThat(on.next()).isEqualTo(new ChatState.InDisconnectFlow());
        assertThat(on.effects())
                .containsExactly(
                        Said.event(ana, ContentTypes.LEFT),
                        new Effect.NextContact(),
                        Said.message(system, "text/plain", "Were you happy?", Said.Visibility.ALL));
    }

    @Test
    void anAgentJoinsFromTheQueueAndFromTheDisconnectFlow() {
        ChatState.Step fromQueue = new ChatState.Queued().join(ana);
        assertThat(fromQueue).isEqualTo(new ChatState.InDisconnectFlow().join(ana));
        assertThat(fromQueue.next()).isEqualTo(new ChatState.WithAgent(ana));
        assertThat(fromQueue.effects()).containsExactly(Said.event(ana, ContentTypes.JOINED));
    }
}
