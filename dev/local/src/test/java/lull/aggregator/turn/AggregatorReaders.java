package lull.aggregator.turn;

import lull.contract.json.UnreadableJson;

/// The readers of the aggregator, for the test that feeds all readers.
public final class AggregatorReaders {

    private AggregatorReaders() {}

    public static Object arrival(byte[] value) throws UnreadableJson {
        return InputEvent.of(value);
    }
}
