package lull.bridge.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lull.connect.ParticipantPort.Connection;
import lull.contract.chat.Chat;
import lull.contract.turn.Turn;
import org.jspecify.annotations.Nullable;

/// State of the chat to which a turn goes. Transitions are methods, so that an impossible transition
/// does not compile.
sealed interface ChatState {

    /// There is no chat, or it is over.
    ///
    /// @param replaces the chat that a new one would replace
    record Absent(@Nullable Chat replaces) implements ChatState {

        Started started(Chat chat) {
            return new Started(chat, true);
        }
    }

    /// The contact exists and is recorded; its events are not streamed yet.
    ///
    /// @param ours whether this turn has opened it
    record Started(Chat chat, boolean ours) implements ChatState {

        Streaming streaming() {
            return new Streaming(chat, ours);
        }
    }

    /// Its events are streamed; its flow does not run yet.
    record Streaming(Chat chat, boolean ours) implements ChatState {

        Connected connected(Connection connection, Instant at) {
            return new Connected(chat.connected(connection.token(), connection.expiresAt(), at), ours, true);
        }

        ChatState denied() {
            return ours ? new Unproven(chat) : new Over(chat, false);
        }
    }

    /// It accepts messages.
    ///
    /// @param fresh whether its connection token was created for this turn, so that a refusal is not
    ///     about its age
    record Connected(Chat chat, boolean ours, boolean fresh) implements ChatState {

        Connected accepted() {
            return new Connected(chat, ours, false);
        }

        Connected with(Chat other) {
            return new Connected(other, ours, false);
        }

        ChatState denied() {
            return fresh ? new Over(chat, ours) : new Refreshing(chat, ours);
        }
    }

    /// Its connection token is too old, or was refused.
    record Refreshing(Chat chat, boolean ours) implements ChatState {

        Connected connected(Connection connection, Instant at) {
            return new Connected(chat.connected(connection.token(), connection.expiresAt(), at), ours, true);
        }

        Over denied() {
            return new Over(chat, ours);
        }
    }

    /// This turn has opened it and it is over. Connect must be asked whether its flow has run.
    record Unproven(Chat chat) implements ChatState {}

    /// It is over.
    ///
    /// @param spent whether it was the one chat that the turn may open: the turn had opened it, and its
    ///     flow has run. If its flow has not run, because nobody was connected in time, it has shown
    ///     nobody anything
    record Over(Chat chat, boolean spent) implements ChatState {

        ChatState next() {
            return spent ? new EndedByFlow(chat) : new Absent(chat);
        }
    }

    /// The chat that this turn had opened was ended by its flow. The turn opens no second one.
    record EndedByFlow(Chat chat) implements ChatState {}

    /// Returns the state in which a turn starts.
    ///
    /// @param latest the conversation's chat, as far as it is known
    /// @param anyAccepted whether that chat has accepted any part of this turn before
    /// @param isReplay whether an operator wants the turn to be shown, also if the chat that it once opened is over
    /// @param refreshBefore how long before its expiry a connection token is no longer used
    static ChatState of(
            Optional<Chat> latest,
            Turn turn,
            boolean anyAccepted,
            boolean isReplay,
            Instant now,
            Duration refreshBefore) {
        if (latest.isEmpty()) {
            return new Absent(null);
        }
        Chat chat = latest.get();
        boolean ours = chat.openedByTurn().equals(turn.id());
        if (!chat.open()) {
            if (!ours || isReplay) {
                return new Absent(chat);
            }
            return anyAccepted || chat.connectedAt() != null ? new EndedByFlow(chat) : new Unproven(chat);
        }
        if (chat.participantToken() == null) {
            return new Absent(chat);
        }
        if (chat.connectionToken() == null) {
            return new Started(chat, ours);
        }
        Instant expires = chat.connectionExpiresAt();
        boolean aged = expires != null && !now.isBefore(expires.minus(refreshBefore));
        return aged ? new Refreshing(chat, ours) : new Connected(chat, ours, false);
    }
}
