package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// Origin of a reply.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyOrigin.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = ReplyOrigin.Application.class, name = "application")
})
public sealed interface ReplyOrigin {

    /// An agent, a bot or a flow in an Amazon Connect chat.
    ///
    /// @param role Connect's participant role: AGENT, SYSTEM, CUSTOM_BOT or SUPERVISOR
    record Chat(
            String initialContactId,
            @Nullable String role,
            @Nullable String displayName) implements ReplyOrigin {}

    /// A program of the business, without a chat.
    ///
    /// @param name the name that it gives itself
    record Application(@Nullable String name) implements ReplyOrigin {

        /// Lull itself.
        public static final Application LULL = new Application("lull");
    }
}
