package lull.bridge.whatsapp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import lull.bridge.chat.TextSplitter;
import lull.bridge.journal.Ledger;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Handler;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.ReplyExit;
import lull.bridge.whatsapp.ReplySender.Delivery;
import lull.bridge.whatsapp.ReplySender.ReplyPart;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flow from `whatsapp.reply.requested` to WhatsApp, in order per conversation. What became of each part goes
/// to `whatsapp.reply.sent`, and what is in there is not sent again.
public final class ReplyToWhatsApp implements Handler<Reply> {

    private static final Logger log = LoggerFactory.getLogger(ReplyToWhatsApp.class);

    /// The version in front of what comes back with statuses.
    private static final String CALLBACK_VERSION = "1";

    private static final int MAX_CALLBACK_CHARACTERS = 512;

    private final ReplySender sender;
    private final Ledger<ReplyOutcome> outcomes;
    private final int maxCharacters;
    private final InstantSource clock;
    private final BridgeMetrics metrics;

    /// A flow on its ports.
    ///
    /// @param outcomes what became of replies, in `whatsapp.reply.sent`
    /// @param maxCharacters of a message
    public ReplyToWhatsApp(
            GraphSender sender,
            Ledger<ReplyOutcome> outcomes,
            int maxCharacters,
            InstantSource clock,
            BridgeMetrics metrics) {
        this((ReplySender) sender, outcomes, maxCharacters, clock, metrics);
    }

    ReplyToWhatsApp(
            ReplySender sender,
            Ledger<ReplyOutcome> outcomes,
            int maxCharacters,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.sender = sender;
        this.outcomes = outcomes;
        this.maxCharacters = maxCharacters;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        Reply reply = incoming.value();
        String callback = callback(reply);
        if (callback.length() > MAX_CALLBACK_CHARACTERS) {
            return new Outcome.Refused("The reply's id is too long");
        }
        List<ReplyPart> parts = parts(reply, callback);
        if (parts.isEmpty()) {
            return new Outcome.Refused("The reply says nothing");
        }
        boolean sentAny = false;
        for (int part = 0; part < parts.size(); part++) {
            if (isRefused(incoming)) {
                return left(sentAny ? ReplyExit.REFUSED : ReplyExit.REPEATED);
            }
            if (isSent(incoming, part)) {
                continue;
            }
            fence.check();
            switch (sender.send(parts.get(part))) {
                case Delivery.Accepted(String messageId) -> {
                    record(incoming, new ReplyOutcome.Sent(reply.id(), part, messageId, clock.instant()));
                    sentAny = true;
                }
                case Delivery.Refused(int code, String reason) -> {
                    record(incoming, new ReplyOutcome.Refused(reply.id(), part, code, reason, clock.instant()));
                    log.atWarn()
                            .addKeyValue("conversation", reply.conversation().masked())
                            .addKeyValue("error", reason)
                            .log("WhatsApp refused a reply");
                    return left(ReplyExit.REFUSED);
                }
                case Delivery.Again(Duration atLeast, String reason) -> {
                    return new Outcome.Later(atLeast, reason);
                }
                case Delivery.Misconfigured(String reason) -> {
                    return new Outcome.Misconfigured(reason);
                }
            }
        }
        return left(sentAny ? ReplyExit.SENT : ReplyExit.REPEATED);
    }

    private Outcome left(ReplyExit exit) {
        metrics.replyLeft(exit);
        return Outcome.DONE;
    }

    private List<ReplyPart> parts(Reply reply, String callback) {
        List<ReplyContent> contents = contents(reply.content());
        return IntStream.range(0, contents.size())
                .mapToObj(part -> new ReplyPart(
                        reply.conversation(),
                        reply.customer(),
                        contents.get(part),
                        part == 0 ? reply.quotedMessageId() : null,
                        callback))
                .toList();
    }

    /// What goes in a message of its own each.
    private List<ReplyContent> contents(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text ->
                TextSplitter.split(text.body(), maxCharacters).stream()
                        .<ReplyContent>map(text::withBody)
                        .toList();
            case ReplyContent.Media media -> List.of(media);
            case ReplyContent.Location location -> List.of(location);
            case ReplyContent.Contacts contacts -> List.of(contacts);
            case ReplyContent.Reaction reaction -> List.of(reaction);
            case ReplyContent.Interactive interactive -> List.of(interactive);
            case ReplyContent.Template template -> List.of(template);
        };
    }

    private boolean isSent(Incoming<Reply> incoming, int part) {
        return known(incoming).stream()
                .anyMatch(outcome -> outcome instanceof ReplyOutcome.Sent && outcome.part() == part);
    }

    private boolean isRefused(Incoming<Reply> incoming) {
        return known(incoming).stream().anyMatch(outcome -> outcome instanceof ReplyOutcome.Refused);
    }

    private List<ReplyOutcome> known(Incoming<Reply> incoming) {
        return outcomes.of(incoming, incoming.value().id());
    }

    private void record(Incoming<Reply> incoming, ReplyOutcome outcome) {
        outcomes.add(incoming, outcome.replyId(), outcome);
    }

    private static String callback(Reply reply) {
        return CALLBACK_VERSION + "|" + reply.id() + "|" + reply.conversation();
    }
}
