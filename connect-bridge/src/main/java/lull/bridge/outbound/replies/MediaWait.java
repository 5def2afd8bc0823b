package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import lull.contract.ConversationKey;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender.ReplyPart;

/// Delay of the reply after a file until WhatsApp reports that the file is sent, with a maximum: files
/// take longer than texts, and WhatsApp sends what is ready first. Safe for several threads.
final class MediaWait {

    private final Duration most;
    private final InstantSource clock;
    private final Map<ConversationKey, File> files = new ConcurrentHashMap<>();

    private record File(String replyId, Instant until) {}

    MediaWait(Duration most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// Records a part that WhatsApp has accepted.
    void sent(ReplyPart part, Instant at) {
        files.values().removeIf(file -> !at.isBefore(file.until()));
        if (part.content() instanceof ReplyContent.Media) {
            files.put(part.conversation(), new File(part.callback().replyId(), at.plus(most)));
        }
    }

    /// Whether a part must wait.
    ///
    /// @param reported whether WhatsApp has reported the status of a reply
    boolean mustWait(CallbackData part, Predicate<String> reported) {
        File file = files.get(part.conversation());
        if (file == null || file.replyId().equals(part.replyId())) {
            return false;
        }
        if (!clock.instant().isBefore(file.until()) || reported.test(file.replyId())) {
            files.remove(part.conversation(), file);
            return false;
        }
        return true;
    }
}
