package lull.bridge.outbound.replies;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lull.bridge.chats.ChatBook;
import lull.bridge.notices.AgentNotes;
import lull.bridge.notices.NoteOutcome;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.Receipts;
import lull.bridge.notices.RefusalTexts;
import lull.connect.ParticipantPort.Happening;
import lull.contract.Channel;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.message.MessageStatus;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOutcome;
import lull.contract.trace.TraceParent;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.ResultLog;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import lull.whatsapp.CallbackData;

/// Flow from `whatsapp.message.status` to `whatsapp.reply.sent`: records what WhatsApp reports of a
/// part of a reply next to its other outcomes, where it settles a doubt. Agents see that their message
/// was delivered and read, and are notified if it was not. Chats learn ids of their customers from
/// statuses, too. Lanes call it in parallel, but never twice at a time for a conversation.
public final class StatusToReply implements Handler<MessageStatus> {

    private static final int ATTEMPTS_TO_TELL = 5;

    private final ChatBook book;
    private final ResultLog<ReplyOutcome> outcomes;
    private final AgentNotes agents;
    private final Receipts receipts;
    private final BegunByReplies begun;
    private final InstantSource clock;
    private final ReplyMetrics metrics;
    private final NoticeMetrics noticeMetrics;
    private final Tracing tracing;

    /// Creates a flow on its ports.
    ///
    /// @param book the chats, which learn ids from statuses
    /// @param begun learns ids from statuses, too, and which templates were not delivered
    /// @param outcomes `whatsapp.reply.sent`, whose partitions are those of the statuses, because both
    ///     are keyed by conversation
    public StatusToReply(
            ChatBook book,
            ResultLog<ReplyOutcome> outcomes,
            AgentNotes agents,
            Receipts receipts,
            BegunByReplies begun,
            InstantSource clock,
            ReplyMetrics metrics,
            NoticeMetrics noticeMetrics,
            Tracing tracing) {
        this.book = book;
        this.outcomes = outcomes;
        this.agents = agents;
        this.receipts = receipts;
        this.begun = begun;
        this.clock = clock;
        this.metrics = metrics;
        this.noticeMetrics = noticeMetrics;
        this.tracing = tracing;
    }

    @Override
    public Outcome handle(Incoming<MessageStatus> incoming, Fence fence) throws InterruptedException {
        MessageStatus status = incoming.value();
        String callback = status.callbackData();
        Optional<CallbackData> data = callback == null ? Optional.empty() : CallbackData.parse(callback);
        if (data.isEmpty()) {
            return left(StatusOutcome.FOREIGN);
        }
        Optional<Progress> report = Progress.of(status.status());
        if (report.isEmpty()) {
            return left(StatusOutcome.UNKNOWN);
        }
        CallbackData id = data.get();
        learnIds(status, id, fence);
        boolean again = incoming.attempt() > 0 && report.get() == Progress.FAILED;
        if (!again && !Progress.of(ofPart(incoming, id)).leadsTo(report.get())) {
            return left(StatusOutcome.LATE);
        }
        fence.check();
        try (Span _ = report(incoming, id)) {
            return report.get() == Progress.FAILED ? fail(incoming, id) : goOn(incoming, id, report.get());
        }
    }

    /// Adds the id that an open chat, or a conversation that the business has begun, does not know of
    /// its customer, so that the customer is known also when WhatsApp gives only that one.
    private void learnIds(MessageStatus status, CallbackData id, Fence fence) {
        String phone = status.raw().path("recipient_id").asText("");
        String userId = status.raw().path("recipient_user_id").asText("");
        if (phone.isBlank() || userId.isBlank() || status.conversation().isGroup()) {
            return;
        }
        Customer both = new Customer(userId, phone, null);
        begun.learn(id.replyId(), both);
        book.latestOf(status.conversation(), both, clock.instant())
                .filter(Chat::open)
                .filter(chat -> lacks(chat.customer(), both))
                .ifPresent(chat -> {
                    fence.check();
                    book.write(chat.addressed(chat.customer().completedBy(both)));
                });
    }

    private static boolean lacks(Customer known, Customer both) {
        return (known.userId() == null && Objects.equals(known.phone(), both.phone()))
                || (known.phone() == null && Objects.equals(known.userId(), both.userId()));
    }

    /// Begins a span in the trace of the reply, linked to that of the webhook.
    private Span report(Incoming<MessageStatus> incoming, CallbackData id) {
        List<TraceParent> reply = ofPart(incoming, id).stream()
                .filter(ReplyOutcome.Intended.class::isInstance)
                .flatMap(intended -> Optional.ofNullable(((ReplyOutcome.Intended) intended).trace()).stream())
                .limit(1)
                .toList();
        List<TraceParent> causes = Stream.concat(reply.stream(), incoming.value().causes().stream())
                .toList();
        return tracing.beginCaused(SpanName.REPORT, incoming.value().status(), causes)
                .with(SpanKey.STATUS, incoming.value().status());
    }

    private Outcome goOn(Incoming<MessageStatus> incoming, CallbackData id, Progress report)
            throws InterruptedException {
        MessageStatus status = incoming.value();
        outcomes.add(
                incoming,
                id.replyId(),
                new ReplyOutcome.Reported(
                        id.replyId(), id.part(), status.messageId(), status.status(), clock.instant()));
        // A long text is delivered when its beginning is; a receipt for each part would repeat that.
        if (id.part() == 0 && report == Progress.DELIVERED) {
            tell(incoming, id, Happening.DELIVERED);
        } else if (id.part() == 0 && report == Progress.READ) {
            tell(incoming, id, Happening.READ);
        }
        return left(StatusOutcome.TAKEN);
    }

    /// Sends receipts for a message: one for each text that it joins.
    private void tell(Incoming<MessageStatus> incoming, CallbackData id, Happening happening)
            throws InterruptedException {
        receipts.tell(id.conversation(), texts(incoming, id), happening);
    }

    /// Returns Connect's ids of the texts of a message. Those that are joined are in the intent, which
    /// another process may have written.
    private List<String> texts(Incoming<MessageStatus> incoming, CallbackData id) {
        if (!ReplyIds.isOfJoined(id.replyId())) {
            return List.of(id.replyId());
        }
        List<String> known = joined(incoming, id);
        if (known.isEmpty()) {
            outcomes.refresh(incoming);
            known = joined(incoming, id);
        }
        return known;
    }

    private List<String> joined(Incoming<MessageStatus> incoming, CallbackData id) {
        return ofPart(incoming, id).stream()
                .filter(ReplyOutcome.Intended.class::isInstance)
                .map(intended -> ((ReplyOutcome.Intended) intended).texts())
                .filter(texts -> !texts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Outcome fail(Incoming<MessageStatus> incoming, CallbackData id) throws InterruptedException {
        JsonNode error = incoming.value().raw().path("errors").path(0);
        int code = error.path("code").asInt(0);
        Channel channel = Channel.of(incoming.value().conversation());
        if (incoming.attempt() == 0) {
            outcomes.add(
                    incoming,
                    id.replyId(),
                    new ReplyOutcome.Refused(
                            id.replyId(),
                            id.part(),
                            code,
                            channel.title() + " reported code " + code,
                            clock.instant()));
        }
        begun.refused(id.replyId());
        // The intent says who waits for it; another process may have written the intent.
        outcomes.refresh(incoming);
        Optional<String> contact = ofPart(incoming, id).stream()
                .filter(ReplyOutcome.Intended.class::isInstance)
                .map(ReplyOutcome.Intended.class::cast)
                .flatMap(intended -> Optional.ofNullable(intended.tells()).stream())
                .findFirst();
        if (contact.isPresent()
                && !agents.send(contact.get(), id.replyId() + "/" + id.part(), RefusalTexts.of(channel, code))) {
            if (incoming.attempt() < ATTEMPTS_TO_TELL) {
                return Outcome.retry("The agent is not notified yet");
            }
            noticeMetrics.noteHandled(NoteOutcome.GIVEN_UP);
        }
        return left(StatusOutcome.FAILED);
    }

    private List<ReplyOutcome> ofPart(Incoming<MessageStatus> incoming, CallbackData id) {
        return outcomes.of(incoming, id.replyId()).stream()
                .filter(outcome -> outcome.part() == id.part())
                .toList();
    }

    private Outcome left(StatusOutcome exit) {
        metrics.statusHandled(exit);
        return Outcome.DONE;
    }
}
