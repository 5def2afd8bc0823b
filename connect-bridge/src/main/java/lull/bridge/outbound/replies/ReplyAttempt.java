package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.notices.AgentNotifier;
import lull.bridge.notices.NoteOutcome;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.RefusalTexts;
import lull.bridge.outbound.replies.DoubtPolicy.Step;
import lull.bridge.pauses.WhatsAppFailures;
import lull.contract.Channel;
import lull.contract.chat.ParticipantRole;
import lull.contract.reply.JoinedText;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.ResultLog;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.account.KnownAccounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt to send one reply: it goes from state to state, part by part, until all parts have an
/// outcome or something ends it. Each call of WhatsApp is announced in `whatsapp.reply.sent` before,
/// and its answer is recorded there, so that the next attempt continues from these records. Used once,
/// by the thread of its lane.
final class ReplyAttempt {

    private static final Logger log = LoggerFactory.getLogger(ReplyAttempt.class);

    /// Maximum number of attempts to notify the agent; after them, and long enough after the outcome
    /// was known, the reply is done although its agent was not notified.
    private static final int ATTEMPTS_TO_TELL = 5;

    private static final Duration TELLING = Duration.ofMinutes(1);

    /// WhatsApp's error code for it.
    private static final int CARE_WINDOW_OVER = 131047;

    /// WhatsApp's error code for marketing messages to a customer who does not want any.
    private static final int UNWANTED = 131050;

    /// Code for a reply that expired before WhatsApp was called.
    private static final int EXPIRED = 0;

    private static final Duration NOT_YET = Duration.ofMillis(250);

    private final Tools tools;
    private final Incoming<Reply> incoming;
    private final Fence fence;
    private final List<ReplyPart> parts;

    /// Whether this attempt has given a part an outcome.
    private boolean sentAny;

    /// Whether a part was in doubt and is not sent again.
    private boolean gaveUp;

    private @Nullable Outcome outcome;

    /// Tools that all attempts share.
    ///
    /// @param outcomes the outcomes of replies, in `whatsapp.reply.sent`
    /// @param uncalled what this process has announced without a call
    /// @param startedAt when this process began to read reports of WhatsApp
    record Tools(
            ReplySender sender,
            ResultLog<ReplyOutcome> outcomes,
            UncalledReplies uncalled,
            ReplyToWhatsApp.Options options,
            SendRateLimiter rateLimiter,
            MediaWait mediaWait,
            AgentNotifier agents,
            CareWindowCheck windows,
            KnownAccounts accounts,
            BegunByReplies begun,
            InstantSource clock,
            ReplyMetrics metrics,
            NoticeMetrics noticeMetrics,
            Instant startedAt) {}

    /// @param parts at least one, in their order
    ReplyAttempt(Tools tools, Incoming<Reply> incoming, Fence fence, List<ReplyPart> parts) {
        this.tools = tools;
        this.incoming = incoming;
        this.fence = fence;
        this.parts = parts;
    }

    /// Continues from the records to the end of the attempt.
    Outcome run() throws InterruptedException {
        PartState state = new PartState.Unknown(parts.getFirst(), false);
        while (true) {
            state = switch (state) {
                case PartState.Unknown unknown -> look(unknown);
                case PartState.Due due -> check(due);
                case PartState.OutsideWindow outside -> replace(outside);
                case PartState.Allowed allowed -> call(allowed);
                case PartState.InDoubt inDoubt -> decide(inDoubt);
                case PartState.GivenUp givenUp -> giveUp(givenUp);
                case PartState.Refused refused -> refuse(refused);
                case PartState.Passed passed -> pass(passed);
            };
            Outcome ended = outcome;
            if (ended != null) {
                return ended;
            }
        }
    }

    private PartState look(PartState.Unknown unknown) {
        ReplyPart part = unknown.part();
        withdrawIfUncalled(part);
        return switch (step(part)) {
            case Step.Send() -> {
                if (unknown.tried()) {
                    throw new IllegalStateException("A part was sent and has no outcome");
                }
                yield new PartState.Due(part);
            }
            case Step.Passed(boolean settled) -> {
                if (settled) {
                    tools.metrics().doubtResolved(DoubtOutcome.REPORTED);
                }
                yield new PartState.Passed(part);
            }
            case Step.Refused(ReplyOutcome.Refused refusal) -> new PartState.Refused(part, refusal);
            case Step.Wait(Duration rest) ->
                stop(
                        unknown,
                        new Outcome.Retry(
                                rest.compareTo(NOT_YET) < 0 ? rest : NOT_YET,
                                "It is unknown whether the reply was sent; waiting for a status, or for the decision"));
            case Step.Decide(Decision decision) -> new PartState.InDoubt(part, decision);
            case Step.GivenUp() -> new PartState.GivenUp(part);
        };
    }

    /// Records that an announcement of this process was followed by no call, so that the part is not in
    /// doubt. Only the latest outcome counts: after it another process may have called.
    private void withdrawIfUncalled(ReplyPart part) {
        CallbackData id = part.callback();
        Instant announcedAt = tools.uncalled().announcedAt(id);
        if (announcedAt == null) {
            return;
        }
        tools.outcomes().refresh(incoming);
        List<ReplyOutcome> outcomes = ofPart(part);
        if (!outcomes.isEmpty()
                && outcomes.getLast() instanceof ReplyOutcome.Intended intended
                && intended.at().equals(announcedAt)) {
            fence.check();
            record(new ReplyOutcome.NotTaken(id.replyId(), id.part(), now()));
        }
        tools.uncalled().remove(id);
    }

    /// Returns the step that the records require. If the part is in doubt, first reads what others have
    /// written meanwhile.
    private Step step(ReplyPart part) {
        Step step = onRecord(part);
        if (step instanceof Step.Wait || step instanceof Step.Decide) {
            tools.outcomes().refresh(incoming);
            step = onRecord(part);
        }
        return step;
    }

    private Step onRecord(ReplyPart part) {
        return tools.options().doubts().next(incoming.value(), ofPart(part), tools.startedAt(), now());
    }

    private List<ReplyOutcome> ofPart(ReplyPart part) {
        return tools.outcomes().of(incoming, part.callback().replyId()).stream()
                .filter(outcome -> outcome.part() == part.callback().part())
                .toList();
    }

    private PartState check(PartState.Due due) throws InterruptedException {
        ReplyPart part = due.part();
        if (incoming.value().isExpired(now())) {
            fence.check();
            return refused(part, EXPIRED, "It has expired");
        }
        if (tools.mediaWait().mustWait(part.callback(), this::reported)) {
            return stop(due, new Outcome.Retry(NOT_YET, "The file before it is not sent yet"));
        }
        if (tools.accounts().isUnwanted(incoming.value())) {
            fence.check();
            return refused(part, UNWANTED, "The customer does not want marketing messages");
        }
        return isFreeForm(part) && tools.windows().isOver(incoming.value())
                ? new PartState.OutsideWindow(part)
                : new PartState.Allowed(part, part);
    }

    /// Returns the state of a part outside the care window. It is not sent needlessly: it goes out as a
    /// utility message, or a template takes its place if there is one. Both have room for one part, so
    /// the rest of a long text is refused.
    private PartState replace(PartState.OutsideWindow outside) {
        ReplyPart part = outside.part();
        Optional<Integer> refusal = directRefusal(part);
        if (refusal.isEmpty() && mayBeDirect(part)) {
            return new PartState.Allowed(part, part.asUtility());
        }
        Optional<ReplyContent> template = part.callback().part() > 0 ? Optional.empty() : template(part);
        if (template.isPresent()) {
            return new PartState.Allowed(part, part.with(template.get()));
        }
        fence.check();
        tools.metrics().careWindowOver(CareWindowOutcome.REFUSED);
        return refusal.filter(DirectSend::isReason)
                .map(code -> refused(part, code, "WhatsApp refuses it without a template, code " + code))
                .orElseGet(() -> refused(part, CARE_WINDOW_OVER, "The care window is over"));
    }

    private boolean mayBeDirect(ReplyPart part) {
        return parts.size() == 1
                && agent(incoming.value()) != null
                && tools.options().direct().admits(part)
                && tools.sender().sendsDirectly(part.conversation().businessNumber());
    }

    /// Returns the code with which WhatsApp has refused a part as a utility message, in any attempt;
    /// empty if it has not. It decides for good, so that a part in doubt is not sent in two forms.
    private Optional<Integer> directRefusal(ReplyPart part) {
        return ofPart(part).stream()
                .map(outcome -> outcome instanceof ReplyOutcome.NotTaken notTaken ? notTaken.direct() : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// Calls WhatsApp, unless the rate limiter says to wait.
    private PartState call(PartState.Allowed allowed) throws InterruptedException {
        ReplyPart part = allowed.part();
        // Before it is announced: a request that cannot be built is not in doubt.
        try (ReplySender.Call request = tools.sender().prepare(allowed.sent())) {
            Duration untilAllowed = tools.rateLimiter().take(part.conversation());
            if (untilAllowed.isPositive()) {
                return stop(allowed, new Outcome.Retry(untilAllowed, "The rate limit of replies is reached"));
            }
            Optional<WhatsAppError> problem = request.load();
            if (problem.isPresent()) {
                return notLoaded(allowed, problem.get());
            }
            fence.check();
            tools.begun().begin(incoming.value(), now());
            announce(part);
            return answered(allowed, request.send());
        }
    }

    /// Returns the state of a part whose request lacks something that has to be fetched. WhatsApp was
    /// not called.
    private PartState notLoaded(PartState.Allowed allowed, WhatsAppError problem) {
        if (problem instanceof WhatsAppError.Refused(int code, String reason)) {
            fence.check();
            return refused(allowed.part(), code, reason);
        }
        return stop(allowed, WhatsAppFailures.of(problem));
    }

    private PartState answered(PartState.Allowed allowed, Delivery delivery) throws InterruptedException {
        ReplyPart part = allowed.part();
        CallbackData id = part.callback();
        return switch (delivery) {
            case Delivery.Accepted(String messageId) -> {
                if (tools.sender().reportsStatus(part.conversation().businessNumber())) {
                    tools.mediaWait().sent(allowed.sent(), now());
                }
                record(new ReplyOutcome.Sent(id.replyId(), id.part(), messageId, now()));
                if (allowed.sent().isUtility()) {
                    tools.metrics().careWindowOver(CareWindowOutcome.DIRECT);
                }
                if (allowed.isTemplateInstead()) {
                    tools.metrics().careWindowOver(CareWindowOutcome.TEMPLATE);
                    tellOfTemplate(part);
                }
                yield tried(part);
            }
            case WhatsAppError.Refused(int code, String reason)
            when allowed.sent().isUtility() && DirectSend.isRefusal(code) -> {
                log.atWarn()
                        .addKeyValue("conversation", id.conversation().masked())
                        .addKeyValue("error", reason)
                        .log("WhatsApp refused to send a reply without a template");
                record(new ReplyOutcome.NotTaken(id.replyId(), id.part(), code, now()));
                tools.metrics().careWindowOver(CareWindowOutcome.DIRECT_REFUSED);
                yield new PartState.OutsideWindow(part);
            }
            case WhatsAppError.Refused(int code, String reason)
            when code == CARE_WINDOW_OVER
                    && isFreeForm(allowed.sent())
                    && (mayBeDirect(part) || template(part).isPresent()) -> {
                record(new ReplyOutcome.NotTaken(id.replyId(), id.part(), now()));
                yield new PartState.OutsideWindow(part);
            }
            case WhatsAppError.Refused(int code, String reason) -> {
                log.atWarn()
                        .addKeyValue("conversation", id.conversation().masked())
                        .addKeyValue("error", reason)
                        .log("A reply was refused");
                yield refused(part, code, reason);
            }
            case WhatsAppError.Unclear(boolean answered, String reason) -> {
                if (answered) {
                    record(new ReplyOutcome.Unclear(id.replyId(), id.part(), reason, now()));
                }
                yield stop(allowed, new Outcome.Retry(NOT_YET, reason));
            }
            case WhatsAppError error -> {
                record(new ReplyOutcome.NotTaken(id.replyId(), id.part(), now()));
                yield stop(allowed, WhatsAppFailures.of(error));
            }
        };
    }

    /// Announces a call. If it fails, because Kafka is unavailable or the partition is lost, there is
    /// no call.
    private void announce(ReplyPart part) {
        CallbackData id = part.callback();
        Instant at = now();
        tools.uncalled().add(id, at);
        Reply reply = incoming.value();
        List<String> texts = reply.texts().stream().map(JoinedText::id).toList();
        record(new ReplyOutcome.Intended(id.replyId(), id.part(), agent(reply), at, reply.trace(), texts));
        fence.check();
        tools.uncalled().remove(id);
    }

    private PartState decide(PartState.InDoubt inDoubt) {
        CallbackData id = inDoubt.part().callback();
        Decision decision = inDoubt.decision();
        fence.check();
        record(new ReplyOutcome.Doubted(id.replyId(), id.part(), decision, now()));
        tools.metrics()
                .doubtResolved(
                        switch (decision) {
                            case SENT_AGAIN -> DoubtOutcome.SENT_AGAIN;
                            case TOLD -> DoubtOutcome.NOT_SENT_AGAIN;
                        });
        log.atWarn()
                .addKeyValue("conversation", id.conversation().masked())
                .addKeyValue("decision", decision.word())
                .log("It is unknown whether a reply was sent");
        return new PartState.Unknown(inDoubt.part(), false);
    }

    private PartState giveUp(PartState.GivenUp givenUp) throws InterruptedException {
        if (!told(givenUp.part(), RefusalTexts.inDoubt(channel()))) {
            return stop(givenUp, Outcome.retry("The agent is not notified yet"));
        }
        gaveUp = true;
        return next(givenUp);
    }

    /// Records that WhatsApp refuses a part. The parts after it are not sent.
    private PartState refuse(PartState.Refused refused) throws InterruptedException {
        if (!told(refused.part(), RefusalTexts.of(channel(), refused.refusal().code()))) {
            return stop(refused, Outcome.retry("The agent is not notified yet"));
        }
        return leave(refused, sentAny || incoming.attempt() > 0 ? ReplyFlowOutcome.REFUSED : ReplyFlowOutcome.REPEATED);
    }

    private PartState pass(PartState.Passed passed) throws InterruptedException {
        if (isNew(passed.part())) {
            tools.begun().tell(incoming.value());
        }
        return next(passed);
    }

    /// Returns the next part, or the end after the last.
    private PartState next(PartState last) {
        int next = parts.indexOf(last.part()) + 1;
        if (next < parts.size()) {
            return new PartState.Unknown(parts.get(next), false);
        }
        return leave(
                last, gaveUp ? ReplyFlowOutcome.IN_DOUBT : sentAny ? ReplyFlowOutcome.SENT : ReplyFlowOutcome.REPEATED);
    }

    /// Whether a part was sent just now, perhaps by an attempt that did not come to its end.
    private boolean isNew(ReplyPart part) {
        return ofPart(part).stream()
                .anyMatch(outcome -> outcome instanceof ReplyOutcome.Sent sent
                        && now().isBefore(sent.at().plus(TELLING)));
    }

    private PartState refused(ReplyPart part, int code, String reason) {
        CallbackData id = part.callback();
        record(new ReplyOutcome.Refused(id.replyId(), id.part(), code, reason, now()));
        tools.begun().refused(incoming.value().id());
        return tried(part);
    }

    private PartState tried(ReplyPart part) {
        sentAny = true;
        return new PartState.Unknown(part, true);
    }

    private PartState stop(PartState state, Outcome end) {
        outcome = end;
        return state;
    }

    private PartState leave(PartState state, ReplyFlowOutcome exit) {
        tools.metrics().replyHandled(exit);
        return stop(state, Outcome.DONE);
    }

    private static boolean isFreeForm(ReplyPart part) {
        return !(part.content() instanceof ReplyContent.Template);
    }

    private Optional<ReplyContent> template(ReplyPart part) {
        return tools.options()
                .fallback()
                .inPlaceOf(part.content(), part.conversation().businessNumber())
                .filter(template -> !tools.accounts().isUnusable(template.name(), template.language(), now()))
                .map(ReplyContent.class::cast);
    }

    private boolean reported(String replyId) {
        tools.outcomes().refresh(incoming);
        return tools.outcomes().of(incoming, replyId).stream()
                .anyMatch(
                        outcome -> outcome instanceof ReplyOutcome.Reported || outcome instanceof ReplyOutcome.Refused);
    }

    /// Notifies the agent of a template. A note that fails is not retried, because the reply has been
    /// sent.
    private void tellOfTemplate(ReplyPart part) throws InterruptedException {
        String contact = agent(incoming.value());
        if (contact != null) {
            tools.agents()
                    .send(
                            contact,
                            part.callback().replyId() + "/template",
                            RefusalTexts.about(
                                    RefusalTexts.asTemplate(), incoming.value().content()));
        }
    }

    /// Notifies the agent, if there is one. Returns false if it has to be retried.
    private boolean told(ReplyPart part, String text) throws InterruptedException {
        String contact = agent(incoming.value());
        if (contact == null) {
            return true;
        }
        CallbackData id = part.callback();
        boolean told = tools.agents()
                .send(
                        contact,
                        id.replyId() + "/" + id.part(),
                        RefusalTexts.about(text, incoming.value().content()));
        if (!told && incoming.attempt() >= ATTEMPTS_TO_TELL && isKnownForLong(part)) {
            tools.noticeMetrics().noteHandled(NoteOutcome.GIVEN_UP);
            return true;
        }
        return told;
    }

    /// Returns the initial contact of the chat in which an agent has written it; null if nobody waits
    /// for an answer.
    static @Nullable String agent(Reply reply) {
        return reply.origin() instanceof ReplyOrigin.Chat chat
                        && ParticipantRole.of(chat.role()).isStaff()
                ? chat.initialContactId()
                : null;
    }

    /// Whether the outcome has been known for long. Attempts of the record also count those before its
    /// outcome, such as those that waited for the rate limit.
    private boolean isKnownForLong(ReplyPart part) {
        return ofPart(part).stream()
                .map(ReplyOutcome::at)
                .max(Comparator.naturalOrder())
                .filter(at -> now().isBefore(at.plus(TELLING)))
                .isEmpty();
    }

    private Channel channel() {
        return Channel.of(incoming.value().conversation());
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private void record(ReplyOutcome outcome) {
        tools.outcomes().add(incoming, outcome.replyId(), outcome);
    }
}
