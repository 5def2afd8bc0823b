package lull.whatsapp.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.contract.reply.ReplyContent;

/// Kind of a reply for which a template can have a body.
enum MessageKind {
    TEXT,
    IMAGE,
    VIDEO,
    AUDIO,
    /// Audio that is shown as a voice message. Without a body of its own it has that of audio.
    VOICE,
    DOCUMENT,
    STICKER,
    LOCATION,
    REACTION,
    /// Removal of an earlier reaction.
    UNREACTION;

    /// Its word in a template.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the kind for a word of a template, if it is one.
    static Optional<MessageKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// Returns the words of all kinds, for people.
    static String words() {
        return Arrays.stream(values()).map(MessageKind::word).collect(Collectors.joining(", "));
    }

    /// Returns the kind of a reply; empty if templates have none for it.
    static Optional<MessageKind> of(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> Optional.of(TEXT);
            case ReplyContent.Media media ->
                Optional.of(
                        switch (media.kind()) {
                            case IMAGE -> IMAGE;
                            case VIDEO -> VIDEO;
                            case AUDIO -> Boolean.TRUE.equals(media.voice()) ? VOICE : AUDIO;
                            case DOCUMENT -> DOCUMENT;
                            case STICKER -> STICKER;
                        });
            case ReplyContent.Location location -> Optional.of(LOCATION);
            case ReplyContent.Reaction reaction -> Optional.of(reaction.emoji().isEmpty() ? UNREACTION : REACTION);
            case ReplyContent.Contacts _, ReplyContent.Interactive _, ReplyContent.Template _, ReplyContent.Typing _ ->
                Optional.empty();
        };
    }
}
