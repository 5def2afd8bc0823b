package lull.bridge.whatsapp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.bridge.chat.Quotes;
import lull.contract.reply.ReplyContent;

/// The sender of each business number: AWS End User Messaging where the number is registered there, else the
/// Graph API. What WhatsApp has accepted is remembered, for customers' answers to it.
public final class Senders implements ReplySender {

    private final ReplySender graph;
    private final Map<String, ReplySender> byNumber;
    private final Quotes quotes;

    private Senders(ReplySender graph, Map<String, ReplySender> byNumber, Quotes quotes) {
        this.graph = graph;
        this.quotes = quotes;
        this.byNumber = Map.copyOf(byNumber);
    }

    /// All numbers send by the Graph API.
    public static Senders graph(GraphSender sender, Quotes quotes) {
        return new Senders(sender, Map.of(), quotes);
    }

    /// The same, but for these numbers.
    public Senders with(AwsSocialSender sender, Set<String> numbers) {
        Map<String, ReplySender> more = new HashMap<>(byNumber);
        numbers.forEach(number -> more.put(number, sender));
        return new Senders(graph, more, quotes);
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        Delivery delivery = byNumber.getOrDefault(part.conversation().businessNumber(), graph)
                .send(part);
        if (delivery instanceof Delivery.Accepted(String messageId)) {
            said(part.content()).ifPresent(text -> quotes.remember(messageId, text));
        }
        return delivery;
    }

    /// What the customer reads first; empty where that is no text.
    private static Optional<String> said(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> Optional.of(text.body());
            case ReplyContent.Media media ->
                Optional.ofNullable(media.caption()).or(() -> Optional.ofNullable(media.filename()));
            case ReplyContent.Location location ->
                Optional.ofNullable(location.name()).or(() -> Optional.ofNullable(location.address()));
            case ReplyContent.Interactive interactive ->
                Optional.of(interactive.more().at("/body/text").asText(""));
            case ReplyContent.Contacts contacts -> Optional.empty();
            case ReplyContent.Reaction reaction -> Optional.empty();
            case ReplyContent.Template template -> Optional.empty();
        };
    }
}
