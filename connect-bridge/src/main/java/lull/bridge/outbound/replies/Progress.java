package lull.bridge.outbound.replies;

import java.util.List;
import java.util.Optional;
import lull.contract.reply.ReplyOutcome;

/// Progress of a part of a reply, by WhatsApp's reports. It only goes forward, in whatever order and
/// however often reports arrive. Pure.
enum Progress {
    NONE,
    SENT,
    DELIVERED,
    READ,
    PLAYED,
    /// It will never arrive. This comes instead of delivery, so nothing follows.
    FAILED;

    /// Returns the progress for WhatsApp's word; empty for other words.
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

    /// Returns the furthest progress among the outcomes of a part.
    static Progress of(List<ReplyOutcome> outcomes) {
        Progress furthest = NONE;
        for (ReplyOutcome outcome : outcomes) {
            Progress one = switch (outcome) {
                case ReplyOutcome.Reported reported -> of(reported.status()).orElse(NONE);
                case ReplyOutcome.Refused refused -> FAILED;
                case ReplyOutcome.Joined joined -> NONE;
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

    /// Whether a report is a step forward from here. A delivered part cannot fail any more.
    boolean leadsTo(Progress report) {
        return report == FAILED ? compareTo(DELIVERED) < 0 : report.compareTo(this) > 0;
    }
}
