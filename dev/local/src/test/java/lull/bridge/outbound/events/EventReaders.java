package lull.bridge.outbound.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.connect.ChatEventParser;
import lull.contract.chat.ChatEvent;
import lull.contract.json.UnreadableJson;
import lull.runtime.sns.SnsMessage;
import lull.text.InteractiveMessage;

/// The readers of chat events, for the test that feeds all readers.
public final class EventReaders {

    private EventReaders() {}

    public static List<ChatEvent> events(byte[] payload) throws UnreadableJson {
        return ChatEventParser.parse(new SnsMessage.Notification(
                "id",
                "topic",
                new String(payload, StandardCharsets.UTF_8),
                Instant.parse("2026-01-05T10:00:00Z"),
                Map.of()));
    }

    public static Stream<Object> interactive(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return Stream.of(
                        InteractiveMessage.toWhatsApp(text, "Choose"),
                        InteractiveMessage.answer(text, "1"),
                        InteractiveMessage.kind(text))
                .flatMap(Optional::stream);
    }
}
