package lull.bridge.outbound.events;

import java.util.Map;
import lull.contract.chat.ChatEvent;
import lull.runtime.BoundedMap;

/// Set of the last events that were handled. The same item with another status is another event. Safe
/// for several threads.
final class SeenEvents {

    /// Key by which events are the same.
    record Id(String contact, String id, String status) {

        static Id of(ChatEvent event) {
            String status = switch (event.what()) {
                case ChatEvent.Attached attached -> attached.status();
                case ChatEvent.Said said -> "";
                case ChatEvent.Ended ended -> "";
                case ChatEvent.ReconcileRequested requested -> "";
                case ChatEvent.EndRequested requested -> "";
                case ChatEvent.Other other -> "";
            };
            return new Id(event.initialContactId(), event.id(), status);
        }
    }

    private final Map<Id, Boolean> seen;

    /// Creates a set that remembers at most this many events.
    SeenEvents(int most) {
        this.seen = new BoundedMap<>(most);
    }

    synchronized boolean contains(ChatEvent event) {
        return seen.containsKey(Id.of(event));
    }

    synchronized void add(ChatEvent event) {
        seen.put(Id.of(event), true);
    }
}
