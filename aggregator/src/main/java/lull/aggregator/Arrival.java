package lull.aggregator;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Tick;

/// What a record of an input topic brings, as far as the aggregator needs it.
sealed interface Arrival permits ReadMessage, Arrival.Ticked, Arrival.GapChanged {

    /// Time has passed.
    record Ticked() implements Arrival {}

    /// The gap is another for the messages behind it.
    record GapChanged(GapSetting setting) implements Arrival {}

    /// Reads the value of a record.
    static Arrival of(byte[] value) throws UnreadableJson {
        ReadMessage usual = QuickReader.read(value);
        return usual != null
                ? usual
                : switch (Json.read(value, InputRecord.class)) {
                    case Message message -> ReadMessage.of(message);
                    case Tick _ -> new Ticked();
                    case GapSetting setting -> new GapChanged(setting);
                };
    }
}
