package lull.aggregator.turn;

import com.fasterxml.jackson.databind.JsonNode;
import lull.aggregator.gap.GapModel;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.RouteSetting;
import lull.contract.message.Tick;
import org.jspecify.annotations.Nullable;

/// Content of a record of an input topic, as far as the aggregator needs it.
public sealed interface InputEvent
        permits ParsedMessage,
                InputEvent.Ticked,
                InputEvent.GapChanged,
                InputEvent.Answered,
                InputEvent.RuleChanged,
                InputEvent.ModelChanged,
                InputEvent.RoutesChanged,
                InputEvent.Erased {

    /// Time has passed.
    ///
    /// @param endsTurns whether turns that are due end now; a probe ends none
    record Ticked(boolean endsTurns) implements InputEvent {}

    /// The gap has changed for the messages after it.
    record GapChanged(GapSetting setting) implements InputEvent {}

    /// The business has answered in a conversation.
    record Answered(Answer answer) implements InputEvent {}

    /// What decides how long to wait has changed for the messages after it.
    record RuleChanged(GapRuleSetting setting) implements InputEvent {}

    /// The model of the adaptive gap has changed for the messages after it.
    ///
    /// @param model null: back to the one that Lull ships
    record ModelChanged(@Nullable GapModel model) implements InputEvent {}

    /// The routes have changed for the turns that end with it or after it.
    record RoutesChanged(RouteSetting setting) implements InputEvent {}

    /// A customer asked to be forgotten.
    record Erased(Erasure erasure) implements InputEvent {}

    /// Reads the value of a record.
    static InputEvent of(byte[] value) throws UnreadableJson {
        ParsedMessage usual = QuickReader.read(value);
        if (usual != null) {
            return usual;
        }
        InputRecord input = Json.read(value, InputRecord.class);
        requireOneKind(value);
        return switch (input) {
            case Message message -> ParsedMessage.of(message);
            case Tick tick -> new Ticked(tick.endsTurns());
            case GapSetting setting -> new GapChanged(setting);
            case Answer answer -> new Answered(answer);
            case GapRuleSetting setting -> new RuleChanged(setting);
            case GapModelSetting setting -> new ModelChanged(model(setting));
            case RouteSetting setting -> new RoutesChanged(setting);
            case Erasure erasure -> new Erased(erasure);
        };
    }

    private static @Nullable GapModel model(GapModelSetting setting) throws UnreadableJson {
        JsonNode model = setting.model();
        return model == null ? null : GapModel.read(Json.bytes(model));
    }

    /// Rejects a record that claims to be two kinds, because one of them would be lost.
    private static void requireOneKind(byte[] value) throws UnreadableJson {
        int kinds = Json.<Integer, RuntimeException>stream(value, InputRecord.class, in -> {
            int found = 0;
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                found += name.equals("kind") ? 1 : 0;
                in.nextToken();
                in.skipChildren();
            }
            return found;
        });
        if (kinds != 1) {
            throw new UnreadableJson("a record of " + kinds + " kinds");
        }
    }
}
