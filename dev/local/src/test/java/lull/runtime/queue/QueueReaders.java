package lull.runtime.queue;

import java.nio.charset.StandardCharsets;
import lull.contract.json.UnreadableJson;

/// The reader of policies of queues, for the test that feeds all readers.
public final class QueueReaders {

    private QueueReaders() {}

    public static Object policy(byte[] document) throws UnreadableJson {
        return QueuePolicy.parse(new String(document, StandardCharsets.UTF_8)).lets("arn:aws:sns:us-east-1:1:a");
    }
}
