package lull.bridge.whatsapp;

import java.util.Map;

/// The sender of each business number: its own where it has one, else the Graph API.
public final class Senders implements ReplySender {

    private final ReplySender usual;
    private final Map<String, ReplySender> byNumber;

    private Senders(ReplySender usual, Map<String, ReplySender> byNumber) {
        this.usual = usual;
        this.byNumber = Map.copyOf(byNumber);
    }

    /// All numbers send by the Graph API.
    public static Senders graph(GraphSender sender) {
        return new Senders(sender, Map.of());
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return byNumber.getOrDefault(part.conversation().businessNumber(), usual)
                .send(part);
    }
}
