package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lull.bridge.notices.AgentNotifier;
import lull.bridge.notices.NoteOutcome;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.RefusalTexts;
import lull.bridge.outbound.replies.DoubtRules.Step;
import lull.bridge.pauses.WhatsAppFailures;
import lull.bridge.text.MarkedTextSplitter;
import lull.contract.chat.ParticipantRole;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.journal.AcknowledgedProducer;
import lull.lanes.journal.ResultLog;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flow from `whatsapp.reply.requested` to WhatsApp, in order per conversation. Each part is announced in
/// `whatsapp.reply.sent`, sent, and its outcome written there too. What is in there is not sent again; what was
/// announced and has no outcome is in doubt, and [DoubtRules] decide. Agents are told what did not go out.
public final class ReplyToWhatsApp implements Handler<Reply> {

    private static final Logger log = LoggerFactory.getLogger(ReplyToWhatsApp.class);

    /// After so many attempts at telling an agent the reply is done all the same.
    private static final int ATTEMPTS_TO_TELL = 5;

    /// WhatsApp's code for it.
    private static final int CARE_WINDOW_OVER = 131047;

    /// The code of what WhatsApp was never asked, as it had expired.
    private static final int EXPIRED = 0;

    private static final Duration NOT_YET = Duration.ofMillis(250);

    private final ReplySender sender;
    private final ResultLog<ReplyOutcome> outcomes;
    private final Rules rules;
    private final SendRateLimiter rateLimiter;
    private final MediaWait mediaWait;
    private final AgentNotifier agents;
    private final CareWindowCheck windows;
    private final KnownConversations conversations;
    private final AcknowledgedProducer journal;
    private final InstantSource clock;
    private final ReplyMetrics metrics;
    private final NoticeMetrics noticeMetrics;
    private final Instant startedAt;

    /// How replies are sent.
    ///
    /// @param maxCharacters of a message
    /// @param mediaWait how long the reply behind a file waits at most until WhatsApp has sent the file, as it
    ///     does not keep the order by itself
    /// @param fallback what goes out in place of a text when the care window is over
    public record Rules(int maxCharacters, DoubtRules doubts, Duration mediaWait, Fallback fallback) {}

    /// A flow on its ports.
    ///
    /// @param outcomes what became of replies, in `whatsapp.reply.sent`
    public ReplyToWhatsApp(
            ReplySender sender,
            ResultLog<ReplyOutcome> outcomes,
            Rules rules,
            SendRateLimiter rateLimiter,
            AgentNotifier agents,
            CareWindowCheck windows,
            KnownConversations conversations,
            AcknowledgedProducer journal,
            InstantSource clock,
            ReplyMetrics metrics,
            NoticeMetrics noticeMetrics) {
        this.sender = sender;
        this.outcomes = outcomes;
        this.rules = rules;
        this.rateLimiter = rateLimiter;
        this.mediaWait = new MediaWait(rules.mediaWait(), clock);
        this.agents = agents;
        this.windows = windows;
        this.conversations = conversations;
        this.journal = journal;
        this.clock = clock;
        this.metrics = metrics;
        this.noticeMetrics = noticeMetrics;
        this.startedAt = clock.instant();
    }

    @Override
    public Outcome handle(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        Optional<Reply> elsewhere = conversations.elsewhere(incoming.value());
        if (elsewhere.isPresent()) {
            fence.check();
            Reply reply = elsewhere.get();
            journal.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
            return left(ReplyFlowOutcome.FORWARDED);
        }
        List<ReplyPart> parts = parts(incoming.value());
        if (parts.isEmpty()) {
            return new Outcome.Reject("The reply has no content");
        }
        if (parts.getLast().callback().text().length() > CallbackData.MAX_CHARACTERS) {
            return new Outcome.Reject("The reply's id is too long");
        }
        boolean sentAny = false;
        boolean gaveUp = false;
        for (ReplyPart part : parts) {
            Step step = step(incoming, part);
            if (step instanceof Step.Decide(Decision decision)) {
                decide(incoming, part, decision);
                step = step(incoming, part);
            }
            if (step instanceof Step.Send) {
                Optional<Outcome> notYet = send(incoming, part, fence);
                if (notYet.isPresent()) {
                    return notYet.get();
                }
                step = step(incoming, part);
                sentAny = true;
            }
            switch (step) {
                case Step.Passed passed -> {}
                case Step.GivenUp() -> {
                    if (!told(incoming, part, RefusalTexts.inDoubt())) {
                        return Outcome.retry("The agent is not notified yet");
                    }
                    gaveUp = true;
                }
                case Step.Refused(ReplyOutcome.Refused refusal) -> {
                    if (!told(incoming, part, RefusalTexts.of(refusal.code()))) {
                        return Outcome.retry("The agent is not notified yet");
                    }
                    return left(
                            sentAny || incoming.attempt() > 0 ? ReplyFlowOutcome.REFUSED : ReplyFlowOutcome.REPEATED);
                }
                case Step.Wait(Duration rest) -> {
                    return new Outcome.Retry(
                            rest.compareTo(NOT_YET) < 0 ? rest : NOT_YET,
                            "It is unknown whether the reply was sent; waiting for WhatsApp's status");
                }
                case Step.Send() -> throw new IllegalStateException("A part was sent and has no outcome");
                case Step.Decide decided -> throw new IllegalStateException("A doubt was decided and is one still");
            }
        }
        return left(gaveUp ? ReplyFlowOutcome.IN_DOUBT : sentAny ? ReplyFlowOutcome.SENT : ReplyFlowOutcome.REPEATED);
    }

    @Override
    public void givenUp(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        String contact = agent(incoming.value());
        if (contact != null) {
            agents.send(
                    contact,
                    incoming.value().id() + "/given-up",
                    RefusalTexts.about(
                            RefusalTexts.unexpected(), incoming.value().content()));
        }
        metrics.replyHandled(ReplyFlowOutcome.GIVEN_UP);
    }

    /// The next step of a part. Who is in doubt looks at what others have written meanwhile.
    private Step step(Incoming<Reply> incoming, ReplyPart part) {
        Step step = nextStep(incoming, part);
        if (step instanceof Step.Wait || step instanceof Step.Decide) {
            outcomes.refresh(incoming);
            step = nextStep(incoming, part);
        }
        if (step instanceof Step.Passed(boolean settled) && settled) {
            metrics.doubtResolved(DoubtOutcome.REPORTED);
        }
        return step;
    }

    private Step nextStep(Incoming<Reply> incoming, ReplyPart part) {
        List<ReplyOutcome> ofPart = outcomes.of(incoming, part.callback().replyId()).stream()
                .filter(outcome -> outcome.part() == part.callback().part())
                .toList();
        return rules.doubts().next(incoming.value(), ofPart, startedAt, clock.instant());
    }

    private void decide(Incoming<Reply> incoming, ReplyPart part, Decision decision) {
        CallbackData id = part.callback();
        record(incoming, new ReplyOutcome.Doubted(id.replyId(), id.part(), decision, clock.instant()));
        metrics.doubtResolved(
                switch (decision) {
                    case SENT_AGAIN -> DoubtOutcome.SENT_AGAIN;
                    case TOLD -> DoubtOutcome.TOLD;
                });
        log.atWarn()
                .addKeyValue("conversation", id.conversation().masked())
                .addKeyValue("decision", decision.word())
                .log("It is unknown whether a reply was sent");
    }

    /// Sends a part, unless it has to wait; what WhatsApp answered is recorded. Empty where the part has an
    /// outcome now.
    private Optional<Outcome> send(Incoming<Reply> incoming, ReplyPart part, Fence fence) throws InterruptedException {
        CallbackData id = part.callback();
        if (incoming.value().isExpired(clock.instant())) {
            fence.check();
            record(
                    incoming,
                    new ReplyOutcome.Refused(id.replyId(), id.part(), EXPIRED, "It has expired", clock.instant()));
            return Optional.empty();
        }
        if (mediaWait.mustWait(id, replyId -> reported(incoming, replyId))) {
            return Optional.of(new Outcome.Retry(NOT_YET, "The file before it is not sent yet"));
        }
        if (isFreeForm(part) && windows.isOver(incoming.value())) {
            return sendInstead(incoming, part, fence);
        }
        return call(incoming, part, fence);
    }

    private static boolean isFreeForm(ReplyPart part) {
        return !(part.content() instanceof ReplyContent.Template);
    }

    /// What WhatsApp would refuse is not sent in vain: a template takes its place where there is one. A template
    /// holds one part, so that of a long text the rest is refused.
    private Optional<Outcome> sendInstead(Incoming<Reply> incoming, ReplyPart part, Fence fence)
            throws InterruptedException {
        CallbackData id = part.callback();
        Optional<ReplyContent> template = id.part() > 0
                ? Optional.empty()
                : rules.fallback().inPlaceOf(part.content(), id.conversation().businessNumber());
        if (template.isEmpty()) {
            fence.check();
            record(
                    incoming,
                    new ReplyOutcome.Refused(
                            id.replyId(), id.part(), CARE_WINDOW_OVER, "The care window is over", clock.instant()));
            metrics.careWindowOver(CareWindowOutcome.REFUSED);
            return Optional.empty();
        }
        Optional<Outcome> notYet = call(incoming, part.with(template.get()), fence);
        if (nextStep(incoming, part) instanceof Step.Passed) {
            metrics.careWindowOver(CareWindowOutcome.TEMPLATE);
            tellOfTemplate(incoming, part);
        }
        return notYet;
    }

    /// A note that does not arrive is not worth a wait, as the reply has gone out.
    private void tellOfTemplate(Incoming<Reply> incoming, ReplyPart part) throws InterruptedException {
        String contact = agent(incoming.value());
        if (contact != null) {
            agents.send(
                    contact,
                    part.callback().replyId() + "/template",
                    RefusalTexts.about(
                            RefusalTexts.asTemplate(), incoming.value().content()));
        }
    }

    /// Calls WhatsApp, unless the rate limiter says to wait.
    private Optional<Outcome> call(Incoming<Reply> incoming, ReplyPart part, Fence fence) throws InterruptedException {
        CallbackData id = part.callback();
        // Before it is announced: what cannot be built is not in doubt.
        ReplySender.Call request = sender.prepare(part);
        Duration untilAllowed = rateLimiter.take(id.conversation());
        if (untilAllowed.isPositive()) {
            return Optional.of(new Outcome.Retry(untilAllowed, "The rate limit of WhatsApp is reached"));
        }
        fence.check();
        record(incoming, new ReplyOutcome.Intended(id.replyId(), id.part(), agent(incoming.value()), clock.instant()));
        fence.check();
        switch (request.send()) {
            case Delivery.Accepted(String messageId) -> {
                mediaWait.sent(part, clock.instant());
                record(incoming, new ReplyOutcome.Sent(id.replyId(), id.part(), messageId, clock.instant()));
            }
            case WhatsAppError.Refused(int code, String reason)
            when code == CARE_WINDOW_OVER && isFreeForm(part) && hasTemplate(part) -> {
                record(incoming, new ReplyOutcome.NotTaken(id.replyId(), id.part(), clock.instant()));
                return sendInstead(incoming, part, fence);
            }
            case WhatsAppError.Refused(int code, String reason) -> {
                record(incoming, new ReplyOutcome.Refused(id.replyId(), id.part(), code, reason, clock.instant()));
                log.atWarn()
                        .addKeyValue("conversation", id.conversation().masked())
                        .addKeyValue("error", reason)
                        .log("WhatsApp refused a reply");
            }
            case WhatsAppError.Unclear(boolean answered, String reason) -> {
                if (answered) {
                    record(incoming, new ReplyOutcome.Unclear(id.replyId(), id.part(), reason, clock.instant()));
                }
                return Optional.of(new Outcome.Retry(NOT_YET, reason));
            }
            case WhatsAppError error -> {
                record(incoming, new ReplyOutcome.NotTaken(id.replyId(), id.part(), clock.instant()));
                return Optional.of(WhatsAppFailures.of(error));
            }
        }
        return Optional.empty();
    }

    private boolean hasTemplate(ReplyPart part) {
        return rules.fallback()
                .inPlaceOf(part.content(), part.conversation().businessNumber())
                .isPresent();
    }

    private boolean reported(Incoming<Reply> incoming, String replyId) {
        outcomes.refresh(incoming);
        return outcomes.of(incoming, replyId).stream()
                .anyMatch(
                        outcome -> outcome instanceof ReplyOutcome.Reported || outcome instanceof ReplyOutcome.Refused);
    }

    /// Tells the agent, if there is one; returns false where it has to be tried again.
    private boolean told(Incoming<Reply> incoming, ReplyPart part, String text) throws InterruptedException {
        String contact = agent(incoming.value());
        if (contact == null) {
            return true;
        }
        CallbackData id = part.callback();
        boolean told = agents.send(
                contact,
                id.replyId() + "/" + id.part(),
                RefusalTexts.about(text, incoming.value().content()));
        if (!told && incoming.attempt() >= ATTEMPTS_TO_TELL) {
            noticeMetrics.noteHandled(NoteOutcome.GIVEN_UP);
            return true;
        }
        return told;
    }

    /// The initial contact of the chat in which an agent has said it; null where nobody waits for an answer.
    private static @Nullable String agent(Reply reply) {
        return reply.origin() instanceof ReplyOrigin.Chat chat
                        && ParticipantRole.of(chat.role()).isStaff()
                ? chat.initialContactId()
                : null;
    }

    private Outcome left(ReplyFlowOutcome exit) {
        metrics.replyHandled(exit);
        return Outcome.DONE;
    }

    private List<ReplyPart> parts(Reply reply) {
        List<ReplyContent> contents = contents(reply.content());
        return IntStream.range(0, contents.size())
                .mapToObj(part -> new ReplyPart(
                        conversations.addressOf(reply),
                        contents.get(part),
                        part == 0 ? reply.quotedMessageId() : null,
                        new CallbackData(reply.id(), part, reply.conversation())))
                .toList();
    }

    /// What goes in a message of its own each.
    private List<ReplyContent> contents(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text ->
                MarkedTextSplitter.split(text.body(), rules.maxCharacters()).stream()
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

    private void record(Incoming<Reply> incoming, ReplyOutcome outcome) {
        outcomes.add(incoming, outcome.replyId(), outcome);
    }
}
