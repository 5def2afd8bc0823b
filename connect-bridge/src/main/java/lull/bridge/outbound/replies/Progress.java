package lull.bridge.outbound.replies;

import java.util.List;
import java.util.Optional;
import lull.contract.reply.ReplyOutcome;

/// Progress of a part of a reply, by WhatsApp's reports: it only goes forward, in whatever order and how often
/// reports come. Pure.
enum Progress {
    NONE,
    SENT,
    DELIVERED,
    READ,
    PLAYED,
    /// It will never arrive. It comes instead of delivery, so nothing follows.
    FAILED;

    /// The progress that a word of WhatsApp tells of; empty for other words.
    static Optional<Progress> of(String word) {
        return switch (word) {
            case "sent" -> Optional.of(SENT);
            case "delivered" -> Optional.of(DELIVERED);
            case "read" -> Optional.of(READ);
            case "played" -> Optional.of(PLAYED);
            case "failed" -> Optional.of(FAILED);
            default -> Optional.empty();
        };
    }

    /// The furthest that outcomes of a part tell of.
    static Progress of(List<ReplyOutcome> outcomes) {
        Progress furthest = NONE;
        for (ReplyOutcome outcome : outcomes) {
            Progress one = switch (outcome) {
                case ReplyOutcome.Reported reported -> of(reported.status()).orElse(NONE);
                case ReplyOutcome.Refused refused -> FAILED;
                case ReplyOutcome.Intended intended -> NONE;
                case ReplyOutcome.NotTaken notTaken -> NONE;
                case ReplyOutcome.Unclear unclear -> NONE;
                case ReplyOutcome.Sent sent -> NONE;
                case ReplyOutcome.Doubted doubted -> NONE;
            };
            furthest = one.compareTo(furthest) > 0 ? one : furthest;
        }
        return furthest;
    }

    /// Whether a report leads on from here. What has been delivered cannot fail any more.
    boolean leadsTo(Progress report) {
        return report == FAILED ? compareTo(DELIVERED) < 0 : report.compareTo(this) > 0;
    }
}
