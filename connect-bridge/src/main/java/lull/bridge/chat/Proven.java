package lull.bridge.chat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// What Connect has taken since this process started, so that settings which worked once are not blamed for what
/// one contact does not do. Safe for several threads.
final class Proven {

    private final Set<String> flows = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean streaming = new AtomicBoolean();

    /// A chat of a contact flow was opened.
    void flow(String contactFlowId) {
        flows.add(contactFlowId);
    }

    boolean isFlow(String contactFlowId) {
        return flows.contains(contactFlowId);
    }

    /// A chat is streamed to the topic.
    void streaming() {
        streaming.set(true);
    }

    boolean isStreaming() {
        return streaming.get();
    }
}
