package lull.contract.chat;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Customer's last message, as far as a chat knows it: it may lag by less than [#BEHIND]. Immutable.
///
/// @param id WhatsApp's id of the message
/// @param sentAt by WhatsApp's clock
/// @param careUntil when the care window ends that this message or an earlier one has opened
public record LastMessage(String id, Instant sentAt, Instant careUntil) {

    /// A message within this time after the last recorded one is not recorded.
    public static final Duration BEHIND = Duration.ofMinutes(1);

    /// How long free-form replies are allowed after a message.
    private static final Duration CARE_WINDOW = Duration.ofDays(1);

    /// The same after a message that came from an advertisement.
    private static final Duration AFTER_ADVERTISEMENT = Duration.ofDays(3);

    public LastMessage {
        requireNonNull(id, "id");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(careUntil, "careUntil");
    }

    /// Returns the last message after a turn.
    ///
    /// @param before the last message known before the turn
    public static LastMessage after(@Nullable LastMessage before, Turn turn) {
        List<TurnMessage> messages =
                turn.items().stream().flatMap(item -> item.messages().stream()).toList();
        TurnMessage last =
                messages.stream().max(Comparator.comparing(TurnMessage::sentAt)).orElseThrow();
        Instant careUntil = messages.stream()
                .map(LastMessage::careUntil)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (before == null) {
            return new LastMessage(last.id(), last.sentAt(), careUntil);
        }
        boolean isLate = last.sentAt().isBefore(before.sentAt());
        return new LastMessage(
                isLate ? before.id() : last.id(),
                isLate ? before.sentAt() : last.sentAt(),
                careUntil.isBefore(before.careUntil()) ? before.careUntil() : careUntil);
    }

    private static Instant careUntil(TurnMessage message) {
        return message.sentAt().plus(message.referral().isPresent() ? AFTER_ADVERTISEMENT : CARE_WINDOW);
    }

    /// Whether it must be recorded, given the one that is recorded already.
    public boolean isNews(@Nullable LastMessage known) {
        return known == null || !sentAt.isBefore(known.sentAt().plus(BEHIND));
    }

    /// Whether the care window is certainly over.
    public boolean isOver(Instant now) {
        return now.isAfter(careUntil.plus(BEHIND));
    }
}
