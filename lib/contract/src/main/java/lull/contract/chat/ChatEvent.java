package lull.contract.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
import org.jspecify.annotations.Nullable;

/// Event of an Amazon Connect chat: the values of `connect.chat.event`, keyed by [#initialContactId()].
///
///
/// @param id Connect's id of the item; the same item may be seen more than once
/// @param contactId the current contact; some events lack it
/// @param at Connect's `AbsoluteTime`: the order of events within a chat
/// @param role who caused it: AGENT, CUSTOMER, SYSTEM, CUSTOM_BOT or SUPERVISOR; some events lack it
/// @param visibility `CUSTOMER`, `AGENT` or `ALL`, from the notification's attributes
/// @param raw the streaming payload, unchanged
/// @param trace the span of the notification by which it arrived, if the bridge traces
public record ChatEvent(
        String id,
        String initialContactId,
        @Nullable String contactId,
        Instant at,
        @Nullable String role,
        @Nullable String displayName,
        @Nullable String visibility,
        What what,
        JsonNode raw,
        @Nullable TraceParent trace)
        implements Traced {

    @JsonCreator
    public ChatEvent {}

    /// Creates an event that is not traced.
    public ChatEvent(
            String id,
            String initialContactId,
            @Nullable String contactId,
            Instant at,
            @Nullable String role,
            @Nullable String displayName,
            @Nullable String visibility,
            What what,
            JsonNode raw) {
        this(id, initialContactId, contactId, at, role, displayName, visibility, what, raw, null);
    }

    /// Returns a request that a chat ends.
    ///
    /// @param id the same for the same request
    /// @param reason why, for the log
    public static ChatEvent endRequested(String id, String initialContactId, Instant at, String reason) {
        return new ChatEvent(id, initialContactId, null, at, null, null, null, new EndRequested(reason), Json.object());
    }

    /// Returns the same event with the span of its notification; without one if it is not traced.
    public ChatEvent in(Optional<TraceParent> notification) {
        return new ChatEvent(
                id,
                initialContactId,
                contactId(),
                at,
                role(),
                displayName(),
                visibility(),
                what,
                raw,
                notification.orElse(null));
    }

    @Override
    public List<TraceParent> causes() {
        TraceParent trace = trace();
        return trace == null ? List.of() : List.of(trace);
    }

    /// What happened.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Said.class, name = "said"),
        @JsonSubTypes.Type(value = Attached.class, name = "attached"),
        @JsonSubTypes.Type(value = Ended.class, name = "ended"),
        @JsonSubTypes.Type(value = ReconcileRequested.class, name = "look_back"),
        @JsonSubTypes.Type(value = EndRequested.class, name = "end_requested"),
        @JsonSubTypes.Type(value = Other.class, name = "other")
    })
    public sealed interface What {}

    /// A participant wrote a message.
    ///
    /// @param contentType such as `text/plain` or `text/markdown`
    public record Said(String contentType, String content) implements What {

        /// Returns the content type without its parameters, in lower case.
        public String bareType() {
            int parameters = contentType.indexOf(';');
            return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "Said[" + contentType + "]";
        }
    }

    /// A participant attached a file.
    ///
    /// @param status APPROVED, REJECTED or IN_PROGRESS
    public record Attached(
            String attachmentId,
            @Nullable String name,
            @Nullable String contentType,
            String status) implements What {}

    /// The chat has ended and will not continue.
    public record Ended() implements What {}

    /// Not sent by Connect: a bridge requests to look for events of the chat that did not arrive.
    public record ReconcileRequested() implements What {}

    /// Not sent by Connect: somebody requests that the customer leaves the chat, which ends it.
    ///
    /// @param reason why, for the log, such as `erased`
    public record EndRequested(String reason) implements What {}

    /// Any other event, such as `typing` or `participant.joined`.
    ///
    /// @param name the event's content type after `application/vnd.amazonaws.connect.event.`
    public record Other(String name) implements What {}

    @Override
    public String toString() {
        return "ChatEvent[" + id + " in " + initialContactId + "]";
    }
}
