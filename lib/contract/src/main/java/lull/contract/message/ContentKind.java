package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// Kinds of content, each with its three defaults: whether a turn of only this kind may open a chat,
/// whether it ends the turn at once, and whether it is shown to the agent.
public enum ContentKind {
    TEXT(true, false),
    IMAGE(true, false),
    VIDEO(true, false),
    AUDIO(true, false),
    DOCUMENT(true, false),
    STICKER(true, false),
    LOCATION(true, false),
    CONTACTS(true, false),
    BUTTON_REPLY(true, true),
    LIST_REPLY(true, true),
    FLOW_REPLY(true, true),
    CALL_PERMISSION(true, true),
    ORDER(true, false),
    REACTION(false, false),
    SYSTEM(false, false),
    REQUEST_WELCOME(false, false),
    EDIT(false, false),
    REVOKE(false, false),
    MISSED_CALL(true, false),
    CALL(false, false),
    TAKE_OVER(true, false),
    UNSUPPORTED(true, false),
    UNKNOWN(true, false);

    private final boolean opensChat;
    private final boolean endsTurn;

    ContentKind(boolean opensChat, boolean endsTurn) {
        this.opensChat = opensChat;
        this.endsTurn = endsTurn;
    }

    /// Whether a chat is opened for it; otherwise it is shown only in a chat that is already open.
    public boolean opensChat() {
        return opensChat;
    }

    /// Whether the turn ends with it, without waiting for the gap.
    public boolean endsTurn() {
        return endsTurn;
    }

    /// Whether the agent is shown it.
    public boolean shown() {
        return true;
    }

    /// Whether it is a file that WhatsApp keeps under a media id.
    public boolean isMedia() {
        return switch (this) {
            case IMAGE, VIDEO, AUDIO, DOCUMENT, STICKER -> true;
            case TEXT,
                    LOCATION,
                    CONTACTS,
                    BUTTON_REPLY,
                    LIST_REPLY,
                    FLOW_REPLY,
                    CALL_PERMISSION,
                    ORDER,
                    REACTION,
                    SYSTEM,
                    REQUEST_WELCOME,
                    EDIT,
                    REVOKE,
                    MISSED_CALL,
                    CALL,
                    TAKE_OVER,
                    UNSUPPORTED,
                    UNKNOWN -> false;
        };
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the kind for a word; [#UNKNOWN] for words of a later version.
    @JsonCreator
    public static ContentKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
