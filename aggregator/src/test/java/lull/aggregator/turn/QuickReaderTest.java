package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class QuickReaderTest {

    private static final int FEW = 20_000;
    private static final int MANY = 200_000;

    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "1.50",
            "\\u00e9",
            "\\ud800",
            "\uD83D\uDE00",
            " ",
            "\"type\":\"image\",",
            "\"text\":{\"body\":\"again\"},",
            "\"id\":\"again\",",
            "\"kind\":\"tick\",",
            "\"timestamp\":\"x\",",
            "\"new\":[{}],",
            "|");

    @Test
    void readsATextWithoutATree() throws UnreadableJson {
        byte[] value = text("wamid.1", "H\u00e9 \"you\"\n\uD83D\uDE00", "name");

        ParsedMessage read = QuickReader.read(value);

        assertThat(read).isNotNull();
        assertThat(described(read)).isEqualTo(described(whole(value)));
    }

    @Test
    void leavesToOthersWhatIsNoText() {
        assertThat(QuickReader.read("{\"kind\":\"tick\"}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(QuickReader.read(message(Map.of("type", "image", "timestamp", "1", "image", Map.of("id", "5")))))
                .isNull();
        assertThat(QuickReader.read(new byte[0])).isNull();
    }

    @Test
    void readsNothingElseThanOneWhoReadsEverythingWhateverIsWrongWithAMessage() {
        readMutated(FEW);
    }

    @Tag("proof")
    @Test
    void readsNothingElseThanOneWhoReadsEverythingInManyMessages() {
        readMutated(MANY);
    }

    private static void readMutated(int mutations) {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int quick = 0;
        for (int i = 0; i < mutations; i++) {
            byte[] value = mutated(text("wamid." + i, "Hello \u00e9", "Zo\u00eb"), random);
            ParsedMessage read = QuickReader.read(value);
            if (read != null) {
                quick++;
                String text = new String(value, StandardCharsets.UTF_8);
                assertThat(described(read)).as("-Dlull.seed=%d, %s", seed, text).isEqualTo(described(whole(value)));
            }
        }
        assertThat(quick)
                .as("messages that are still texts, -Dlull.seed=%d", seed)
                .isBetween(mutations / 20, mutations);
    }

    private static byte[] mutated(byte[] value, SplittableRandom random) {
        byte[] mutated = value;
        int changes = random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length);
            byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            mutated = switch (random.nextInt(4)) {
                case 0 -> spliced(mutated, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(mutated, at, Math.min(mutated.length, at + random.nextInt(40)), new byte[0]);
                case 2 -> spliced(mutated, at, at, piece);
                default -> {
                    // Between two members, where a piece has the best chance to be taken.
                    int comma = new String(mutated, StandardCharsets.ISO_8859_1).indexOf(',', at);
                    yield comma < 0 ? mutated : spliced(mutated, comma + 1, comma + 1, piece);
                }
            };
        }
        return mutated;
    }

    private static byte[] spliced(byte[] value, int from, int to, byte[] piece) {
        byte[] longer = Arrays.copyOf(value, value.length - (to - from) + piece.length);
        System.arraycopy(piece, 0, longer, from, piece.length);
        System.arraycopy(value, to, longer, from + piece.length, value.length - to);
        return longer;
    }

    private static String described(@Nullable ParsedMessage read) {
        if (read == null) {
            return "no message";
        }
        try {
            // What was kept as it came says the same as what was read and written again.
            String raw = Json.text(Json.tree(Json.bytes(read.raw())));
            return List.of(
                            read.id(),
                            read.conversation().toString(),
                            read.receivedAt(),
                            read.sentAt(),
                            Json.text(read.business()),
                            Json.text(read.customer()),
                            read.content().toString(),
                            Json.text(read.content()))
                    + raw;
        } catch (UnreadableJson e) {
            return "unreadable raw";
        }
    }

    private static @Nullable ParsedMessage whole(byte[] value) {
        try {
            return Json.read(value, InputRecord.class) instanceof Message message ? ParsedMessage.of(message) : null;
        } catch (UnreadableJson e) {
            return null;
        }
    }

    private static byte[] text(String id, String body, String name) {
        return message(Map.of(
                "id", id, "timestamp", "1767600000", "type", "text", "text", Map.of("body", body), "from", name));
    }

    private static byte[] message(Map<String, ?> raw) {
        try {
            InputRecord message = new Message(
                    "wamid.1",
                    new ConversationKey("1", "alice"),
                    Instant.parse("2026-01-05T10:00:00.123Z"),
                    new Source("meta", "default"),
                    new Business("1", "2", null),
                    new Customer(null, "alice", "Zo\u00eb"),
                    Json.tree(Json.bytes(Map.of("profile", Map.of("name", "Zo\u00eb")))),
                    Json.tree(Json.bytes(raw)));
            return Json.bytes(message);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
