package lull.ingress.http;

import java.util.concurrent.atomic.AtomicLongArray;

/// Memory of recent ids in a fixed space, used for counting only: an id is forgotten when another id
/// takes its slot. Safe for several threads.
final class RecentIds {

    private static final int PLACES = 1 << 16;

    private final AtomicLongArray places = new AtomicLongArray(PLACES);

    /// Whether an id is remembered; remembers it from now on.
    boolean seen(String id) {
        long hash = 1125899906842597L;
        for (int i = 0; i < id.length(); i++) {
            hash = 31 * hash + id.charAt(i);
        }
        hash ^= hash >>> 29;
        // Zero marks an empty slot.
        return places.getAndSet((int) (hash & (PLACES - 1)), hash | 1) == (hash | 1);
    }
}
