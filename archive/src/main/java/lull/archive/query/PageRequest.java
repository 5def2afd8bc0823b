package lull.archive.query;

import java.util.Optional;

/// Page that a client asks for. Immutable.
///
/// @param limit the maximum number of entries
/// @param after the cursor of the page before
public record PageRequest(int limit, Optional<Cursor> after) {

    /// The most entries of a page.
    public static final int MAX = 500;

    public PageRequest {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("A page has 1 to " + MAX + " entries");
        }
    }
}
