package lull.aggregator.route;

import java.nio.ByteBuffer;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import lull.runtime.Sha256;

/// Share of the conversations that a rule takes. Each conversation has a fixed place among 10,000 for each
/// name of a rule, and the rule takes those whose place is below its share in hundredths of a percent. So a
/// larger share adds conversations and removes none, and the shares of two rules are independent.
///
/// The places must never change: a new version would move conversations between destinations. They do not
/// depend on the partition, as the hash by which Kafka chooses partitions would.
final class Share {

    /// How many places there are.
    static final int PLACES = 10_000;

    private Share() {}

    /// Whether a rule takes a conversation.
    static boolean takes(Route rule, String conversation) {
        return takes(rule.name(), rule.hundredths(), conversation);
    }

    /// Whether a rule of a flag takes a conversation.
    static boolean takes(FlagRule rule, String conversation) {
        return takes("flag " + rule.flag(), rule.hundredths(), conversation);
    }

    private static boolean takes(String name, int share, String conversation) {
        return share == PLACES || (share > 0 && place(name, conversation) < share);
    }

    /// Returns the place of a conversation, from 0.
    ///
    /// @param name of the rule
    static int place(String name, String conversation) {
        long hash = ByteBuffer.wrap(Sha256.of(name + '\0' + conversation)).getLong();
        return (int) Long.remainderUnsigned(hash, PLACES);
    }
}
