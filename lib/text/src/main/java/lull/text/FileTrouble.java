package lull.text;

import lull.whatsapp.MediaProblem;

/// Reason why an agent does not get a file that a customer has sent.
public enum FileTrouble {
    /// It is larger than Connect, or the settings, allow.
    TOO_LARGE,
    /// Connect does not accept files of its type, and there is nothing to convert it with.
    TYPE,
    /// Its conversion failed or took too long, because it is damaged or for another reason.
    NOT_CONVERTED,
    /// WhatsApp does not have it, or not any more.
    GONE,
    /// The content is not what WhatsApp had announced, or cannot be decoded.
    DAMAGED,
    /// WhatsApp does not deliver it, for longer than the conversation waits.
    UNREACHABLE,
    /// The instance of Connect allows no attachments, or not for this chat.
    NOT_ALLOWED,
    /// Connect does not show it, although it was uploaded.
    NOT_TAKEN,
    /// The chat has the maximum number of files.
    TOO_MANY,
    /// Connect's scanner has rejected it.
    REJECTED;

    /// Returns why a file that could not be downloaded does not reach the agent.
    public static FileTrouble of(MediaProblem problem) {
        return switch (problem) {
            case TOO_LARGE -> TOO_LARGE;
            case GONE -> GONE;
            case DAMAGED -> DAMAGED;
        };
    }
}
