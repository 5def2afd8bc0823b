package lull.whatsapp.channel;

import java.util.Set;
import lull.contract.Channel;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.whatsapp.WhatsAppMediaType;
import org.jspecify.annotations.Nullable;

/// Decision as what an agent's file goes to a channel besides WhatsApp, and up to which size. Pure.
public final class ChannelFileType {

    private static final long MEGABYTE = 1_000_000;
    private static final long MEBIBYTE = 1L << 20;

    /// The Bot API's limits of files that are sent to it. A larger picture goes as a document.
    private static final long MAX_PICTURE_OF_TELEGRAM = 10 * MEGABYTE;

    private static final long MAX_OF_TELEGRAM = 50 * MEGABYTE;

    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png");
    private static final Set<String> AUDIO_OF_TELEGRAM = Set.of("audio/mpeg", "audio/mp4", "audio/x-m4a");
    private static final Set<String> VOICE = Set.of("audio/ogg", "audio/opus");

    private ChannelFileType() {}

    /// What is decided.
    public sealed interface Decision {

        /// The file can be sent.
        ///
        /// @param voice whether it is shown as a voice message
        /// @param mimeType without parameters
        record Sent(Kind kind, boolean voice, String mimeType) implements Decision {}

        /// It cannot.
        ///
        /// @param reason in words for agents, as the end of a sentence
        record Refused(String reason) implements Decision {}
    }

    /// Decides about a file.
    ///
    /// @param contentType as the sender reports it, with parameters; absent if it does not
    /// @param maxBytesInJson of a file that is part of JSON
    public static Decision of(Channel channel, @Nullable String contentType, long bytes, long maxBytesInJson) {
        String type = WhatsAppMediaType.bare(contentType);
        return switch (channel.kind()) {
            case TELEGRAM ->
                bytes > MAX_OF_TELEGRAM
                        ? new Decision.Refused(
                                channel.title() + " takes files of at most " + MAX_OF_TELEGRAM / MEGABYTE + " MB")
                        : new Decision.Sent(ofTelegram(type, bytes), VOICE.contains(type), type);
            case JSON, Z_API, EVOLUTION, WHATSAPP ->
                bytes > maxBytesInJson
                        ? new Decision.Refused(
                                channel.title() + " takes files of at most " + maxBytesInJson / MEBIBYTE + " MiB")
                        : new Decision.Sent(
                                WhatsAppMediaType.of(contentType, bytes).kind(), false, type);
        };
    }

    private static Kind ofTelegram(String type, long bytes) {
        if (PICTURES.contains(type)) {
            return bytes <= MAX_PICTURE_OF_TELEGRAM ? Kind.IMAGE : Kind.DOCUMENT;
        }
        if (type.equals("video/mp4")) {
            return Kind.VIDEO;
        }
        return AUDIO_OF_TELEGRAM.contains(type) || VOICE.contains(type) ? Kind.AUDIO : Kind.DOCUMENT;
    }
}
