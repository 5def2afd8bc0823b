package lull.ingress.http;

import java.util.concurrent.atomic.AtomicLongArray;

/// Memory of the latest ids in a fixed space, for counting alone: an id is forgotten when another one falls on
/// its place.
final class RecentIds {

    private static final int PLACES = 1 << 16;

    private final AtomicLongArray places = new AtomicLongArray(PLACES);

    /// Whether an id is remembered; from now on it is.
    boolean seen(String id) {
        long hash = 1125899906842597L;
        for (int i = 0; i < id.length(); i++) {
            hash = 31 * hash + id.charAt(i);
        }
        hash ^= hash >>> 29;
        // Zero means that a place is empty.
        return places.getAndSet((int) (hash & (PLACES - 1)), hash | 1) == (hash | 1);
    }
}
