package lull.standins.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contact flow and what it does with a chat: it says its prompts, then the customer waits for an agent or the
/// chat ends.
///
/// `disconnectPrompts` are the disconnect flow, which runs after the agent has left and lets the customer go on
/// writing; without any the chat ends when the agent leaves.
public record Flow(Mode mode, List<String> prompts, List<String> disconnectPrompts) {
    /// What follows the prompts.
    public enum Mode {
        /// The customer waits until an agent joins.
        QUEUE,
        /// The flow ends the chat at once, as outside opening hours.
        CLOSED,
        /// A bot answers whatever the customer writes, until an agent joins.
        BOT
    }

    public Flow {
        prompts = List.copyOf(prompts);
        disconnectPrompts = List.copyOf(disconnectPrompts);
    }

    public static Flow queue(String... prompts) {
        return new Flow(Mode.QUEUE, List.of(prompts), List.of());
    }

    public static Flow closed(String... prompts) {
        return new Flow(Mode.CLOSED, List.of(prompts), List.of());
    }

    public static Flow bot(String... prompts) {
        return new Flow(Mode.BOT, List.of(prompts), List.of());
    }

    /// What the bot says to a message.
    static String botAnswer(@Nullable String message) {
        return "You said: " + message;
    }

    public Flow withDisconnectPrompts(String... prompts) {
        return new Flow(mode, this.prompts, List.of(prompts));
    }
}
