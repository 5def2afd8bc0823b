package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lull.bridge.notices.AgentNotifier;
import lull.bridge.notices.NoticeMetrics;
import lull.bridge.notices.RefusalTexts;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.AcknowledgedProducer;
import lull.lanes.results.ResultLog;
import lull.text.MarkedTextSplitter;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.account.KnownAccounts;

/// Flow from `whatsapp.reply.requested` to WhatsApp, in order for each conversation. Each part is
/// announced in `whatsapp.reply.sent`, then sent, then its outcome is written there. A part with an
/// outcome is not sent again; a part that was announced and has no outcome is in doubt, and
/// [DoubtPolicy] decide. Agents are notified of replies that were not sent. Lanes call it in parallel,
/// but never twice at a time for a conversation.
public final class ReplyToWhatsApp implements Handler<Reply> {

    private final ReplyAttempt.Tools tools;
    private final JoinedTexts joinedTexts;
    private final KnownConversations conversations;
    private final AcknowledgedProducer producer;

    /// Options by which replies are sent.
    ///
    /// @param maxCharacters of a message
    /// @param mediaWait how long the reply after a file waits at most until WhatsApp has sent the file,
    ///     because WhatsApp does not keep the order by itself
    /// @param fallback the template that is sent in place of a text when the care window is over
    /// @param direct which texts are sent as utility messages before that
    public record Options(
            int maxCharacters, DoubtPolicy doubts, Duration mediaWait, Fallback fallback, DirectSend direct) {}

    /// Creates a flow on its ports.
    ///
    /// @param outcomes the outcomes of replies, in `whatsapp.reply.sent`
    /// @param begun records the conversations that templates begin
    public ReplyToWhatsApp(
            ReplySender sender,
            ResultLog<ReplyOutcome> outcomes,
            Options options,
            SendRateLimiter rateLimiter,
            AgentNotifier agents,
            CareWindowCheck windows,
            KnownAccounts accounts,
            KnownConversations conversations,
            BegunByReplies begun,
            AcknowledgedProducer producer,
            InstantSource clock,
            ReplyMetrics metrics,
            NoticeMetrics noticeMetrics) {
        this.tools = new ReplyAttempt.Tools(
                sender,
                outcomes,
                new UncalledReplies(),
                options,
                rateLimiter,
                new MediaWait(options.mediaWait(), clock),
                agents,
                windows,
                accounts,
                begun,
                clock,
                metrics,
                noticeMetrics,
                clock.instant());
        this.joinedTexts = new JoinedTexts(outcomes, clock);
        this.conversations = conversations;
        this.producer = producer;
    }

    @Override
    public Outcome handle(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        Optional<Reply> elsewhere = conversations.elsewhere(incoming.value());
        if (elsewhere.isPresent()) {
            fence.check();
            Reply reply = elsewhere.get();
            producer.append(Topics.REPLY_REQUESTED, reply.conversation().toString(), reply);
            tools.metrics().replyHandled(ReplyFlowOutcome.FORWARDED);
            return Outcome.DONE;
        }
        if (incoming.value().texts().isEmpty()) {
            return send(incoming, fence);
        }
        Optional<Reply> joined = joinedTexts.claim(incoming, fence);
        if (joined.isEmpty()) {
            tools.metrics().replyHandled(ReplyFlowOutcome.REPEATED);
            return Outcome.DONE;
        }
        return send(incoming.with(joined.get()), fence);
    }

    private Outcome send(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        List<ReplyPart> parts = parts(incoming.value());
        if (parts.isEmpty()) {
            return new Outcome.Reject("The reply has no content");
        }
        if (parts.getLast().callback().text().length() > CallbackData.MAX_CHARACTERS) {
            return new Outcome.Reject("The reply's id is too long");
        }
        return new ReplyAttempt(tools, incoming, fence, parts).run();
    }

    @Override
    public void givenUp(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        String contact = ReplyAttempt.agent(incoming.value());
        if (contact != null) {
            tools.agents()
                    .send(
                            contact,
                            incoming.value().id() + "/given-up",
                            RefusalTexts.about(
                                    RefusalTexts.unexpected(), incoming.value().content()));
        }
        tools.metrics().replyHandled(ReplyFlowOutcome.GIVEN_UP);
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

    /// Returns the contents, each of which is sent as a message of its own.
    private List<ReplyContent> contents(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text ->
                MarkedTextSplitter.split(text.body(), tools.options().maxCharacters()).stream()
                        .<ReplyContent>map(text::withBody)
                        .toList();
            case ReplyContent.Media media -> List.of(media);
            case ReplyContent.Location location -> List.of(location);
            case ReplyContent.Contacts contacts -> List.of(contacts);
            case ReplyContent.Reaction reaction -> List.of(reaction);
            case ReplyContent.Interactive interactive -> List.of(interactive);
            case ReplyContent.Template template -> List.of(template);
            // Another handler takes it: it is no message.
            case ReplyContent.Typing typing -> List.of();
        };
    }
}
