package lull.aggregator.turn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.topic.Topic;
import org.jspecify.annotations.Nullable;

/// Reader of the records of an input topic, which says exactly which of them become dead letters. Pure.
public final class InputReader {

    private InputReader() {}

    /// Reads everything of a record that is ever read: a later failure is not the record's fault.
    ///
    /// @param key of the record
    /// @param value of the record
    public static InputEvent read(byte @Nullable [] key, byte @Nullable [] value) throws UnreadableJson {
        if (value == null) {
            throw new UnreadableJson("A record without a value");
        }
        if (value.length + (key == null ? 0 : key.length) > Topic.MAX_VALUE_BYTES) {
            // A store adds a few bytes to it, and the sum may not exceed the maximum size of a record.
            throw new UnreadableJson("A record that is too large to be stored");
        }
        InputEvent read = InputEvent.of(value);
        switch (read) {
            case ParsedMessage message -> {
                requirePossible("A message with an impossible receive time", message.receivedAt());
                requireKey("A message", key, message.conversation());
            }
            case InputEvent.Answered(Answer answer) -> {
                requirePossible("An answer with an impossible time", answer.sentAt());
                requireKey("An answer", key, answer.conversation());
            }
            case InputEvent.Erased(Erasure erasure) -> requireKey("An erasure", key, erasure.conversation());
            case InputEvent.Ticked _,
                    InputEvent.GapChanged _,
                    InputEvent.RuleChanged _,
                    InputEvent.ModelChanged _,
                    InputEvent.RoutesChanged _ -> {
                // They belong to the partition.
            }
        }
        return read;
    }

    private static void requirePossible(String otherwise, Instant time) throws UnreadableJson {
        try {
            long _ = time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new UnreadableJson(otherwise);
        }
    }

    private static void requireKey(String what, byte @Nullable [] key, ConversationKey conversation)
            throws UnreadableJson {
        if (key == null) {
            throw new UnreadableJson(what + " without a key");
        }
        if (!conversation.toString().equals(new String(key, StandardCharsets.UTF_8))) {
            throw new UnreadableJson(what + " whose key is not its conversation");
        }
    }
}
