package lull.bridge.outbound.replies;

import java.util.Set;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.ReplySender.ReplyPart;

/// Rules for texts that are sent after the care window as utility messages without a template (WhatsApp's Direct
/// Send). Pure.
///
/// @param numbers business numbers that do so
record DirectSend(Set<String> numbers) {

    /// WhatsApp's limit, less than that of other texts.
    private static final int MAX_CHARACTERS = 1_024;

    /// WhatsApp's codes after which the same text may be accepted as a template: the account is not allowed (100), the
    /// care window is over all the same (131047), a limit after misuse (131064), the matching template is paused
    /// (132015) or disabled (132016), Direct Send is off after misuse (139200).
    private static final Set<Integer> REFUSALS = Set.of(100, 131_047, 131_064, 132_015, 132_016, 139_200);

    /// Codes that tell an agent no more than that the care window is over.
    private static final Set<Integer> SAY_NOTHING = Set.of(100, 131_047);

    DirectSend {
        numbers = Set.copyOf(numbers);
    }

    /// Whether a part may be sent so. It must be the whole reply.
    boolean admits(ReplyPart part) {
        return numbers.contains(part.conversation().businessNumber())
                && !part.conversation().isGroup()
                && part.content() instanceof ReplyContent.Text text
                && text.body().codePointCount(0, text.body().length()) <= MAX_CHARACTERS;
    }

    /// Whether WhatsApp refuses only this form of a text.
    static boolean isRefusal(int code) {
        return REFUSALS.contains(code);
    }

    /// Whether a refusal has a reason that an agent should read.
    static boolean isReason(int code) {
        return !SAY_NOTHING.contains(code);
    }
}
