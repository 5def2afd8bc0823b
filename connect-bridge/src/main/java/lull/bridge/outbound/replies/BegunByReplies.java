package lull.bridge.outbound.replies;

import java.time.Instant;
import java.time.InstantSource;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.ChatBook;
import lull.bridge.notices.AgentNotifier;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.reply.Beginning;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.text.Rendering;
import lull.text.TextSplitter;

/// What templates that begin conversations leave for the answer: it is recorded before WhatsApp is
/// called, and withdrawn if WhatsApp does not accept or deliver the template. An agent who has a chat
/// with the customer is notified at once. Safe for several threads.
public final class BegunByReplies {

    private final BegunConversations begun;
    private final ChatBook book;
    private final AgentNotifier agents;
    private final Rendering rendering;
    private final int maxCharacters;
    private final InstantSource clock;

    /// @param maxCharacters of a text in a chat; a longer note becomes several
    public BegunByReplies(
            BegunConversations begun,
            ChatBook book,
            AgentNotifier agents,
            Rendering rendering,
            int maxCharacters,
            InstantSource clock) {
        this.begun = begun;
        this.book = book;
        this.agents = agents;
        this.rendering = rendering;
        this.maxCharacters = maxCharacters;
        this.clock = clock;
    }

    /// Records the conversation that a reply begins, if it begins one. Returns when the broker has
    /// acknowledged it.
    void begin(Reply reply, Instant at) {
        Beginning beginning = reply.begins();
        if (beginning != null && reply.content() instanceof ReplyContent.Template template) {
            begun.begin(ConversationBegun.of(reply, template, beginning, at));
        }
    }

    /// Records that a reply is not on its customer's phone.
    void refused(String replyId) {
        begun.withdraw(replyId);
    }

    /// Records both ids of the customer of a reply, as WhatsApp reports them.
    void learn(String replyId, Customer both) {
        begun.learn(replyId, both);
    }

    /// Notifies the agent of the customer of a template that was sent, if there is a chat. A note that
    /// fails is not retried, because the reply has been sent.
    void tell(Reply reply) throws InterruptedException {
        ConversationBegun one =
                reply.begins() == null ? null : begun.of(reply.id()).orElse(null);
        if (one == null) {
            return;
        }
        String contact = book.latestOf(reply.conversation(), reply.customer(), clock.instant())
                .filter(Chat::open)
                .filter(chat -> chat.openedAt().isBefore(one.at()))
                .map(Chat::initialContactId)
                .orElse(null);
        if (contact != null) {
            int part = 0;
            for (String text : TextSplitter.split(rendering.begun(one), maxCharacters)) {
                agents.send(contact, reply.id() + "/begun" + (part == 0 ? "" : "/" + part), text);
                part++;
            }
        }
    }
}
