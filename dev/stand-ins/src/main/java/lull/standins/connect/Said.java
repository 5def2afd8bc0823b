package lull.standins.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happens in a chat, before it has an id and a time. `by` is absent for chat.ended, and an
/// attachment has neither content type nor content of its own.
record Said(
        Kind kind,
        @Nullable String contentType,
        @Nullable String content,
        @Nullable Participant by,
        Visibility visibility,
        List<Attachment> attachments)
        implements Effect {
    enum Kind {
        MESSAGE,
        EVENT,
        ATTACHMENT
    }

    /// Who may see it.
    enum Visibility {
        ALL,
        AGENT,
        CUSTOMER
    }

    static Said message(Participant by, String contentType, String content, Visibility visibility) {
        return new Said(Kind.MESSAGE, contentType, content, by, visibility, List.of());
    }

    static Said event(Participant by, String contentType) {
        return new Said(Kind.EVENT, contentType, null, by, Visibility.ALL, List.of());
    }

    static Said attachment(Participant by, Attachment attachment) {
        return new Said(Kind.ATTACHMENT, null, null, by, Visibility.ALL, List.of(attachment));
    }

    static Said chatEnded() {
        return new Said(Kind.EVENT, ContentTypes.ENDED, null, null, Visibility.ALL, List.of());
    }

    /// Typing is shown and forgotten; everything else stays in the transcript.
    boolean isKept() {
        return !ContentTypes.TYPING.equals(contentType);
    }
}
