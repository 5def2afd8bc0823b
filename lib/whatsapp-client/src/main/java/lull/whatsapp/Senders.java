package lull.whatsapp;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lull.contract.Channel;

/// [ReplySender] that chooses the sender of each business number: that of other channels if the number is
/// one of theirs, AWS End User Messaging if the number is registered there, another provider if the number
/// is one of its, else the Graph API.
public final class Senders implements ReplySender {

    private final ReplySender graph;
    private final ReplySender channels;
    private final Map<String, ReplySender> byNumber;

    private Senders(ReplySender graph, ReplySender channels, Map<String, ReplySender> byNumber) {
        this.graph = graph;
        this.channels = channels;
        this.byNumber = Map.copyOf(byNumber);
    }

    /// Returns a sender that uses the Graph API for all numbers of WhatsApp.
    ///
    /// @param channels sends to all other channels
    public static Senders graph(GraphSender sender, ReplySender channels) {
        return new Senders(sender, channels, Map.of());
    }

    /// Returns the same, with another sender for these numbers.
    public Senders with(ReplySender sender, Set<String> numbers) {
        Map<String, ReplySender> more = new HashMap<>(byNumber);
        numbers.forEach(number -> more.put(number, sender));
        return new Senders(graph, channels, more);
    }

    @Override
    public boolean reportsStatus(String businessNumber) {
        return of(businessNumber).reportsStatus(businessNumber);
    }

    @Override
    public boolean sendsDirectly(String businessNumber) {
        return of(businessNumber).sendsDirectly(businessNumber);
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        return of(part.conversation().businessNumber()).prepare(part);
    }

    @Override
    public Call prepare(ReplyPart part, OutgoingFile file) {
        return of(part.conversation().businessNumber()).prepare(part, file);
    }

    private ReplySender of(String businessNumber) {
        ReplySender sender = byNumber.get(businessNumber);
        return sender != null ? sender : Channel.of(businessNumber).isWhatsApp() ? graph : channels;
    }
}
