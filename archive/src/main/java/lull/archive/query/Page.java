package lull.archive.query;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Page of a list, newest first. Immutable.
///
/// @param next the cursor of the next page; absent on the last one
record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /// Returns a page of entries of which one more was read than it may have.
    static <T> Page<T> of(List<T> read, int limit, Function<T, Cursor> cursor) {
        return read.size() <= limit
                ? new Page<>(read, null)
                : new Page<>(
                        read.subList(0, limit),
                        cursor.apply(read.get(limit - 1)).text());
    }
}
