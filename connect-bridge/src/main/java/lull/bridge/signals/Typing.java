package lull.bridge.signals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import lull.contract.ConversationKey;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.message.Flag;
import lull.runtime.BoundedMap;
import lull.runtime.log.FailurePlace;
import lull.whatsapp.TypingIndicatorSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Typing indicator for customers while an agent types or an application works. WhatsApp shows it
/// for 25 seconds or until a message arrives; where one call shows it for a shorter time, it is repeated as long.
/// It is skipped if messages need the rate, and nothing waits for it. Safe for several threads.
public final class Typing implements TypingIndicator {

    private static final Logger log = LoggerFactory.getLogger(Typing.class);

    /// How long before its end it is repeated.
    private static final Duration OVERLAP = Duration.ofMillis(500);

    /// Maximum age: an older indicator would arrive after the message.
    private static final Duration MOST_AGE = Duration.ofSeconds(10);

    private static final int MOST_CONVERSATIONS = 10_000;

    /// Prefix of WhatsApp's ids of calls.
    private static final String CALL = "wacid.";

    private final TypingIndicatorSender indicator;
    private final boolean enabled;
    private final BestEffortLimiter spare;
    private final Executor threads;
    private final DelayedExecutor delayed;
    private final InstantSource clock;
    private final SignalMetrics metrics;

    /// Time at which each conversation was last shown the indicator, the oldest first.
    private final Map<ConversationKey, Instant> shown = new BoundedMap<>(MOST_CONVERSATIONS);

    /// What is repeated, by conversation.
    private final Map<ConversationKey, Repeated> repeated = new BoundedMap<>(MOST_CONVERSATIONS);

    /// An indicator that is called for until this time.
    ///
    /// @param number that no other one has
    private record Repeated(long number, String messageId, Instant until) {}

    private long last;

    /// @param enabled whether it is shown where no operator has switched it
    /// @param threads executor of the calls of WhatsApp
    public Typing(
            TypingIndicatorSender indicator,
            boolean enabled,
            BestEffortLimiter spare,
            Executor threads,
            InstantSource clock,
            SignalMetrics metrics) {
        this(
                indicator,
                enabled,
                spare,
                threads,
                (after, task) -> CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS, threads)
                        .execute(task),
                clock,
                metrics);
    }

    Typing(
            TypingIndicatorSender indicator,
            boolean enabled,
            BestEffortLimiter spare,
            Executor threads,
            DelayedExecutor delayed,
            InstantSource clock,
            SignalMetrics metrics) {
        this.delayed = delayed;
        this.indicator = indicator;
        this.enabled = enabled;
        this.spare = spare;
        this.threads = threads;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void show(Chat chat, Instant at) {
        LastMessage last = chat.lastMessage();
        if (!chat.isOn(Flag.TYPING, enabled) || last == null) {
            metrics.typingHandled(TypingOutcome.NOT_WANTED);
        } else {
            show(chat.conversation(), last.id(), at);
        }
    }

    /// Shows a customer that an application works on an answer. Returns at once.
    ///
    /// @param messageId WhatsApp's id of the customer's message below which it is shown
    /// @param at when it began
    void show(ConversationKey conversation, String messageId, Instant at) {
        // A customer who has only called has no message to which the indicator could be attached.
        if (messageId.startsWith(CALL)) {
            metrics.typingHandled(TypingOutcome.NOT_WANTED);
        } else if (at.plus(MOST_AGE).isBefore(clock.instant())) {
            metrics.typingHandled(TypingOutcome.LATE);
        } else if (!isDue(conversation)) {
            metrics.typingHandled(TypingOutcome.SHOWN_ALREADY);
        } else if (!spare.take(conversation.businessNumber())) {
            metrics.typingHandled(TypingOutcome.OVER_BUDGET);
        } else {
            Repeated one = begun(conversation, messageId);
            threads.execute(() -> call(conversation, one));
        }
    }

    /// Ends the indicator of a conversation, because a message is sent.
    synchronized void ended(ConversationKey conversation) {
        repeated.remove(conversation);
    }

    private synchronized Repeated begun(ConversationKey conversation, String messageId) {
        Repeated one = new Repeated(++last, messageId, clock.instant().plus(TypingIndicatorSender.USUAL));
        repeated.put(conversation, one);
        return one;
    }

    private synchronized boolean goesOn(ConversationKey conversation, Repeated one) {
        return one.equals(repeated.get(conversation));
    }

    private synchronized boolean isDue(ConversationKey conversation) {
        Instant now = clock.instant();
        Instant before = shown.get(conversation);
        if (before != null && now.isBefore(before.plus(indicator.shownFor(conversation.businessNumber())))) {
            return false;
        }
        shown.remove(conversation);
        shown.put(conversation, now);
        return true;
    }

    private void call(ConversationKey conversation, Repeated one) {
        String businessNumber = conversation.businessNumber();
        boolean isShown = type(businessNumber, one.messageId());
        Duration shownFor = indicator.shownFor(businessNumber);
        if (isShown && clock.instant().plus(shownFor).isBefore(one.until())) {
            delayed.execute(shownFor.minus(OVERLAP), () -> {
                if (goesOn(conversation, one) && spare.take(businessNumber)) {
                    call(conversation, one);
                }
            });
        } else {
            forget(conversation, one);
        }
    }

    private synchronized void forget(ConversationKey conversation, Repeated one) {
        repeated.remove(conversation, one);
    }

    private boolean type(String businessNumber, String messageId) {
        boolean isShown = false;
        try {
            isShown = indicator.type(businessNumber, messageId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("error", FailurePlace.withCauses(e))
                    .log("A typing indicator could not be sent; it is skipped");
        }
        metrics.typingHandled(isShown ? TypingOutcome.SENT : TypingOutcome.REFUSED);
        return isShown;
    }
}
