package lull.ingress;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Source;
import lull.ingress.reply.ReplyReader;
import lull.ingress.webhook.InputRoutes;
import lull.ingress.webhook.WebhookReader;

/// The readers of the ingress, for the test that feeds all readers.
public final class IngressReaders {

    private IngressReaders() {}

    /// What a webhook brings, each record's topic and value.
    public static List<Map.Entry<String, byte[]>> webhook(byte[] body) {
        return new WebhookReader(new InputRoutes(Map.of(), "whatsapp.message.received"), new Source("meta", "default"))
                .read(body, Instant.parse("2026-01-05T10:00:00Z")).stream()
                        .map(record -> Map.entry(record.topic(), record.value()))
                        .collect(Collectors.toList());
    }

    /// The reply that a request asks for; empty if it was refused.
    public static Stream<Object> reply(byte[] body) {
        return switch (new ReplyReader(ReplyReader.Senders.of(Optional.of("1")))
                .read("key", body, Instant.parse("2026-01-05T10:00:00Z"))) {
            case ReplyReader.ReadResult.Asked asked -> Stream.of(asked.reply());
            case ReplyReader.ReadResult.Wrong _ -> Stream.empty();
        };
    }

    /// The same of a conversation that the business begins.
    public static Stream<Object> begun(byte[] body) {
        return switch (new ReplyReader(ReplyReader.Senders.of(Optional.of("1")))
                .readBeginning("key", body, Instant.parse("2026-01-05T10:00:00Z"))) {
            case ReplyReader.ReadResult.Asked asked -> Stream.of(asked.reply());
            case ReplyReader.ReadResult.Wrong _ -> Stream.empty();
        };
    }

    /// The same of a message of a queue.
    public static Stream<Object> queued(byte[] body) {
        ReplyReader reader =
                new ReplyReader(new ReplyReader.Senders(Optional.of("1"), Map.of("shop", Optional.empty()), Set.of()));
        return switch (reader.readQueued("m1", body, Instant.parse("2026-01-05T10:00:00Z"))) {
            case ReplyReader.ReadResult.Asked asked -> Stream.of(asked.reply());
            case ReplyReader.ReadResult.Wrong _ -> Stream.empty();
        };
    }
}
