package lull.bridge.outbound.joins;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.reply.JoinedText;
import org.jspecify.annotations.Nullable;

/// Rules for the texts of a chat that are sent to the customer as one message. Pure: what is joined
/// follows from the times that Amazon Connect gives the events, and only how long to wait for more from
/// the clock.
///
/// Texts are joined if they are of the same sender and each was written within the gap after the one
/// before it, or while the sender typed, with nothing between them that ends the message.
///
/// @param gap the silence of the sender that ends a message; zero if nothing is joined
/// @param typing how long the sender counts as typing after an event that says so
/// @param maxDuration from the first text of a message to its last
/// @param maxTexts the maximum number of texts in a message
/// @param maxCharacters the maximum length of a message, in UTF-16 units
/// @param late how long events may take to arrive: nothing is decided by an event before it is so old,
///     and a message ends so much later than the gap
public record JoinPolicy(
        Duration gap, Duration typing, Duration maxDuration, int maxTexts, int maxCharacters, Duration late) {

    /// Decision about a text.
    public sealed interface Decision {

        /// A further text may still join.
        ///
        /// @param atMost how long to wait for it
        /// @param typedAt when the sender typed last since the first text; empty if they did not
        record Wait(Duration atMost, Optional<Instant> typedAt) implements Decision {}

        /// The message is complete.
        ///
        /// @param texts at least the one that was asked for, in their order
        record Complete(List<JoinItem.Text> texts) implements Decision {

            public Complete {
                texts = List.copyOf(texts);
            }
        }
    }

    /// Whether texts are joined at all.
    public boolean isOn() {
        return gap.isPositive();
    }

    /// Decides about a text, by what is known to come after it in its chat.
    ///
    /// @param following in the order in which it is handled
    public Decision decide(JoinItem.Text first, List<JoinItem> following, Instant now) {
        Group group = new Group(first);
        Instant complete = now.minus(late);
        Instant next = Instant.MAX;
        for (JoinItem item : following) {
            // Something that belongs before it may still arrive.
            if (item.at().isAfter(complete)) {
                next = item.at();
                break;
            }
            if (!group.accepts(item)) {
                return new Decision.Complete(group.texts);
            }
        }
        Instant end = earlier(group.end, next).plus(late);
        return now.isBefore(end)
                ? new Decision.Wait(Duration.between(now, end), Optional.ofNullable(group.typedAt))
                : new Decision.Complete(group.texts);
    }

    /// A message that grows.
    private final class Group {

        private final JoinItem.Sender sender;
        private final Instant latest;
        private final List<JoinItem.Text> texts = new ArrayList<>();
        private int length;
        private @Nullable Instant typedAt;

        /// When it ends if nothing more is written.
        private Instant end;

        Group(JoinItem.Text first) {
            this.sender = first.sender();
            this.latest = first.at().plus(maxDuration);
            this.length = first.body().length();
            this.end = earlier(first.at().plus(gap), latest);
            this.texts.add(first);
        }

        /// Takes the next event; returns false if the message is complete before it.
        boolean accepts(JoinItem item) {
            return switch (item) {
                case JoinItem.Text text -> isOpenFor(text) && add(text);
                case JoinItem.Typing(JoinItem.Sender who, Instant at) -> {
                    if (who.equals(sender) && !at.isAfter(end)) {
                        typedAt = at;
                        end = later(end, earlier(at.plus(typing), latest));
                    }
                    yield true;
                }
                case JoinItem.Neutral neutral -> true;
                case JoinItem.End itsEnd -> false;
            };
        }

        private boolean isOpenFor(JoinItem.Text text) {
            return texts.size() < maxTexts
                    && text.sender().equals(sender)
                    && !text.at().isAfter(end)
                    && JoinedText.lengthWith(length, text.body()) <= maxCharacters;
        }

        private boolean add(JoinItem.Text text) {
            texts.add(text);
            length = JoinedText.lengthWith(length, text.body());
            end = later(end, earlier(text.at().plus(gap), latest));
            return true;
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
