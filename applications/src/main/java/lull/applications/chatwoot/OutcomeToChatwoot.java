package lull.applications.chatwoot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lull.chatwoot.ChatwootClient;
import lull.chatwoot.ChatwootError;
import lull.chatwoot.ChatwootFailed;
import lull.chatwoot.ReplyNumber;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.ValueReader;
import org.jspecify.annotations.Nullable;

/// Handler that shows people in Chatwoot what became of their replies: delivered, read, or not sent and why.
/// It is the end of its flow: what Chatwoot does not take is counted, and nothing waits for it.
public final class OutcomeToChatwoot implements Handler<Optional<ReplyOutcome>> {

    /// How long an outcome is tried to be shown; after that it is no news.
    private static final Duration NEWS = Duration.ofMinutes(15);

    private final Map<String, ChatwootClient> inboxes;
    private final InstantSource clock;
    private final MeterRegistry registry;

    /// What is shown of a message.
    ///
    /// @param status Chatwoot's word
    /// @param error absent unless it failed
    record Shown(String status, @Nullable String error) {}

    /// @param inboxes by the names of their destinations
    public OutcomeToChatwoot(Map<String, ChatwootClient> inboxes, InstantSource clock, MeterRegistry registry) {
        this.inboxes = Map.copyOf(inboxes);
        this.clock = clock;
        this.registry = registry;
    }

    /// Reads an outcome; empty if it cannot be read, which is for others to report.
    public static ValueReader<Optional<ReplyOutcome>> reader() {
        return incoming -> {
            byte[] value = incoming.value();
            try {
                return value == null ? Optional.empty() : Optional.of(Json.read(value, ReplyOutcome.class));
            } catch (UnreadableJson e) {
                return Optional.empty();
            }
        };
    }

    @Override
    public Outcome handle(Incoming<Optional<ReplyOutcome>> incoming, Fence fence) throws InterruptedException {
        Optional<ReplyOutcome> outcome = incoming.value();
        Optional<ReplyNumber> message = outcome.flatMap(each -> ReplyNumber.of(each.replyId()));
        Optional<Shown> shown = outcome.flatMap(OutcomeToChatwoot::shown);
        if (message.isEmpty() || shown.isEmpty()) {
            return Outcome.DONE;
        }
        ChatwootClient inbox = inboxes.get(message.get().destination());
        if (inbox == null) {
            return Outcome.DONE;
        }
        fence.check();
        return show(inbox, message.get(), shown.get(), outcome.orElseThrow().at());
    }

    private Outcome show(ChatwootClient inbox, ReplyNumber message, Shown shown, Instant at)
            throws InterruptedException {
        try {
            inbox.show(message.conversation(), message.message(), shown.status(), shown.error());
            count(message, shown.status());
        } catch (ChatwootFailed e) {
            if (e.error() instanceof ChatwootError.Retry(Duration wait, String reason)
                    && clock.instant().isBefore(at.plus(NEWS))) {
                return new Outcome.Retry(wait, reason);
            }
            count(message, "not_shown");
        }
        return Outcome.DONE;
    }

    private void count(ReplyNumber message, String outcome) {
        Counter.builder("lull.chatwoot.outcomes")
                .description("Outcomes of replies that people in Chatwoot were shown, by destination and outcome")
                .tag("destination", message.destination())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /// Returns what people see; empty if there is nothing new.
    static Optional<Shown> shown(ReplyOutcome outcome) {
        return switch (outcome) {
            case ReplyOutcome.Reported reported ->
                switch (reported.status()) {
                    case "delivered" -> Optional.of(new Shown("delivered", null));
                    case "read", "played" -> Optional.of(new Shown("read", null));
                    default -> Optional.empty();
                };
            case ReplyOutcome.Refused refused ->
                Optional.of(new Shown("failed", refused.reason() + " (" + refused.code() + ")"));
            case ReplyOutcome.Doubted doubted ->
                doubted.decision() == Decision.TOLD
                        ? Optional.of(new Shown("failed", "It is not known whether WhatsApp has sent it"))
                        : Optional.empty();
            case ReplyOutcome.Joined _,
                    ReplyOutcome.Intended _,
                    ReplyOutcome.NotTaken _,
                    ReplyOutcome.Unclear _,
                    ReplyOutcome.Sent _ -> Optional.empty();
        };
    }
}
