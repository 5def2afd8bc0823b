package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// [ReplySender] by Meta's Graph API.
public final class GraphSender implements ReplySender {

    private final GraphClient graph;
    private final WhatsAppMetrics metrics;

    public GraphSender(GraphClient graph, WhatsAppMetrics metrics) {
        this.graph = graph;
        this.metrics = metrics;
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public boolean sendsDirectly(String businessNumber) {
        return true;
    }

    @Override
    public Call prepare(ReplyPart part) {
        String number = part.conversation().businessNumber();
        GraphClient.Call call = graph.post(number, "messages", GraphBody.of(part));
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = delivery(number, call.send());
            metrics.whatsAppCalled(delivery.word(), Duration.ofNanos(System.nanoTime() - start));
            return delivery;
        };
    }

    private Delivery delivery(String number, GraphAnswer answer) {
        return switch (answer) {
            // Without an id no status can be matched to it. It is not sent again, because the customer
            // would get it twice.
            case GraphAnswer.Ok(int status, JsonNode body) ->
                new Delivery.Accepted(body.path("messages").path(0).path("id").asText(""));
            case GraphAnswer.Failed(GraphError error) -> new GraphErrors(number, graph.tokenSetting(number)).of(error);
        };
    }
}
