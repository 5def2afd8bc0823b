package lull.bridge.event;

import java.util.LinkedHashMap;
import java.util.Map;
import lull.contract.chat.ChatEvent;

/// The last events that were handled; the same item with another status is another event. Safe for several
/// threads.
final class SeenEvents {

    private record Id(String contact, String id, String status) {}

    private final Map<Id, Boolean> seen;

    /// Remembers so many.
    SeenEvents(int most) {
        this.seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Id, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    synchronized boolean contains(ChatEvent event) {
        return seen.containsKey(id(event));
    }

    synchronized void add(ChatEvent event) {
        seen.put(id(event), true);
    }

    private static Id id(ChatEvent event) {
        String status = switch (event.what()) {
            case ChatEvent.Attached attached -> attached.status();
            case ChatEvent.Said said -> "";
            case ChatEvent.Ended ended -> "";
            case ChatEvent.Other other -> "";
        };
        return new Id(event.initialContactId(), event.id(), status);
    }
}
