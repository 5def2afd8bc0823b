package lull.bridge.outbound.joins;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.ParticipantRole;
import lull.text.Markdown;
import org.jspecify.annotations.Nullable;

/// Event of a chat as the rules for joining texts see it. Immutable.
public sealed interface JoinItem {

    /// Visibilities of events that the customer may see.
    Set<String> FOR_CUSTOMERS = Set.of("CUSTOMER", "ALL");

    /// When it happened, by Amazon Connect.
    Instant at();

    /// Participant of a chat. After a transfer the same person is another one, because the contact is
    /// another.
    ///
    /// @param participant Connect's id
    record Sender(
            @Nullable String contactId,
            String participant,
            @Nullable String role,
            @Nullable String displayName) {

        static Sender of(ChatEvent event) {
            return new Sender(
                    event.contactId(), event.raw().path("ParticipantId").asText(""), event.role(), event.displayName());
        }
    }

    /// A text for the customer.
    ///
    /// @param id Connect's id
    /// @param body as WhatsApp shows it
    record Text(String id, Sender sender, Instant at, String body) implements JoinItem {

        @Override
        public String toString() {
            return "Text[" + id + "]";
        }
    }

    /// A participant types.
    record Typing(Sender sender, Instant at) implements JoinItem {}

    /// Anything that changes nothing, such as a receipt, or a message that only agents see.
    record Neutral(Instant at) implements JoinItem {}

    /// Anything that ends a message, such as a file, or words of the customer.
    record End(Instant at) implements JoinItem {}

    /// Reads an event.
    static JoinItem of(ChatEvent event) {
        return switch (event.what()) {
            case ChatEvent.Said said -> ofSaid(event, said);
            case ChatEvent.Attached _ ->
                isShown(event) || isOfCustomer(event) ? new End(event.at()) : new Neutral(event.at());
            case ChatEvent.Ended _, ChatEvent.EndRequested _ -> new End(event.at());
            case ChatEvent.ReconcileRequested _ -> new Neutral(event.at());
            case ChatEvent.Other(String name) ->
                switch (name) {
                    case "typing" ->
                        isShown(event) ? new Typing(Sender.of(event), event.at()) : new Neutral(event.at());
                    case "message.delivered", "message.read", "message.metadata" -> new Neutral(event.at());
                    // Somebody came or left, or the chat was transferred.
                    default -> new End(event.at());
                };
        };
    }

    /// Returns the text that WhatsApp shows for a message; empty if the message is of another type, or
    /// if nothing is visible in it.
    static Optional<String> body(ChatEvent.Said said) {
        return switch (said.bareType()) {
            case "text/plain" -> Optional.of(said.content()).filter(text -> !text.isBlank());
            case "text/markdown" ->
                Optional.of(Markdown.toWhatsApp(said.content())).filter(text -> !text.isBlank());
            default -> Optional.empty();
        };
    }

    private static JoinItem ofSaid(ChatEvent event, ChatEvent.Said said) {
        if (!isShown(event)) {
            return isOfCustomer(event) || event.visibility() == null ? new End(event.at()) : new Neutral(event.at());
        }
        return body(said)
                .<JoinItem>map(body -> new Text(event.id(), Sender.of(event), event.at(), body))
                .orElseGet(() -> new End(event.at()));
    }

    private static boolean isOfCustomer(ChatEvent event) {
        return ParticipantRole.of(event.role()) == ParticipantRole.CUSTOMER;
    }

    /// Whether an event is shown to the customer for certain.
    private static boolean isShown(ChatEvent event) {
        String visibility = event.visibility();
        return visibility != null && FOR_CUSTOMERS.contains(visibility) && !isOfCustomer(event);
    }
}
