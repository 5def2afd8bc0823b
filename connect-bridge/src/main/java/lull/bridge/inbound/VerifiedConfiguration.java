package lull.bridge.inbound;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Record of the settings that Connect has accepted since this process started, so that they are not
/// blamed if one contact fails. Safe for several threads.
final class VerifiedConfiguration {

    private final Set<String> flows = ConcurrentHashMap.newKeySet();
    private final Set<String> topics = ConcurrentHashMap.newKeySet();

    /// Records that a chat of a contact flow was opened.
    void flow(String contactFlowId) {
        flows.add(contactFlowId);
    }

    boolean isFlow(String contactFlowId) {
        return flows.contains(contactFlowId);
    }

    /// Records that a chat is streamed to an SNS topic.
    void streaming(String topicArn) {
        topics.add(topicArn);
    }

    boolean isStreaming(String topicArn) {
        return topics.contains(topicArn);
    }
}
