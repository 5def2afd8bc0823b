package lull.standins.connect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// State of a chat. Each state has the transitions that it allows, and no others.
///
/// Created -> Queued -> WithAgent -> [InDisconnectFlow] -> Ended, and from anywhere to Ended.
sealed interface ChatState {
    /// A state and what leads to it.
    record Step(ChatState next, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /// The name that people see.
    String name();

    /// StartChatContact was called; the customer is not connected and no flow runs.
    record Created() implements ChatState {
        @Override
        public String name() {
            return "CREATED";
        }

        /// The customer connects: now the flow runs, and ends the chat or leaves it waiting.
        Step connect(Participant customer, Participant system, Flow flow, Instant now) {
            List<Effect> effects = new ArrayList<>();
            effects.add(Said.event(customer, ContentTypes.JOINED));
            effects.addAll(prompts(system, flow.prompts()));
            return switch (flow.mode()) {
                case QUEUE, BOT -> new Step(new Queued(), effects);
                case CLOSED -> {
                    effects.add(Said.chatEnded());
                    yield new Step(new Ended(DisconnectReason.CONTACT_FLOW_DISCONNECT, now), effects);
                }
            };
        }
    }

    /// The flow has run; the customer waits for an agent.
    record Queued() implements ChatState {
        @Override
        public String name() {
            return "QUEUED";
        }

        Step join(Participant agent) {
            return joined(agent);
        }
    }

    /// An agent and the customer talk.
    record WithAgent(Participant agent) implements ChatState {
        @Override
        public String name() {
            return "AGENT";
        }

        /// The agent goes: the disconnect flow takes over under a new contact id, or the chat ends.
        Step leave(Participant system, Flow flow, Instant now) {
            Said left = Said.event(agent, ContentTypes.LEFT);
            if (flow.disconnectPrompts().isEmpty()) {
                return new Step(new Ended(DisconnectReason.AGENT_DISCONNECT, now), List.of(left, Said.chatEnded()));
            }
            List<Effect> effects = new ArrayList<>(List.of(left, new Effect.NextContact()));
            effects.addAll(prompts(system, flow.disconnectPrompts()));
            return new Step(new InDisconnectFlow(), effects);
        }

        /// The agent hands over to another one, under a new contact id.
        Step transfer(Participant other) {
            return new Step(
                    new WithAgent(other),
                    List.of(
                            Said.event(agent, ContentTypes.TRANSFERRED),
                            Said.event(agent, ContentTypes.LEFT),
                            new Effect.NextContact(),
                            Said.event(other, ContentTypes.JOINED)));
        }
    }

    /// The agent has gone; the customer may still write, and an agent may come back.
    record InDisconnectFlow() implements ChatState {
        @Override
        public String name() {
            return "DISCONNECT_FLOW";
        }

        Step join(Participant agent) {
            return joined(agent);
        }
    }

    /// Over; every token of the chat is worthless.
    record Ended(DisconnectReason reason, Instant at) implements ChatState {
        @Override
        public String name() {
            return "ENDED";
        }
    }

    /// The end from any state but `Ended`.
    static Step end(DisconnectReason reason, Instant now) {
        return new Step(new Ended(reason, now), List.of(Said.chatEnded()));
    }

    /// The end because the customer leaves.
    static Step customerLeaves(Participant customer, Instant now) {
        return new Step(
                new Ended(DisconnectReason.CUSTOMER_DISCONNECT, now),
                List.of(Said.event(customer, ContentTypes.LEFT), Said.chatEnded()));
    }

    private static Step joined(Participant agent) {
        return new Step(new WithAgent(agent), List.of(Said.event(agent, ContentTypes.JOINED)));
    }

    private static List<Said> prompts(Participant system, List<String> prompts) {
        return prompts.stream()
                .map(prompt -> Said.message(system, ContentTypes.TEXT, prompt, Said.Visibility.ALL))
                .toList();
    }
}
