package lull.bridge.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Short line with what a message said, and what it said before it was edited or deleted.
///
/// @param isOfBot whether a bot or the chat's flow said it
/// @param changedBy the token of the message that changed it; absent if it is as it was sent
/// @param before what it said before that change; absent if that is unknown
record Quote(
        String line,
        boolean isOfBot,
        @Nullable String changedBy,
        @Nullable Quote before) {

    /// However often a message is edited.
    private static final int MAX_CHANGES = 10;

    /// What a message said first.
    Quote(String line, boolean isOfBot) {
        this(line, isOfBot, null, null);
    }

    /// What it said before a change; what it says now if that change is not known.
    Optional<Quote> before(String change) {
        Quote quote = this;
        while (quote != null) {
            if (change.equals(quote.changedBy())) {
                return Optional.ofNullable(quote.before());
            }
            quote = quote.before();
        }
        return Optional.of(this);
    }

    /// What it says after a change. The same change counts once.
    Quote changed(String change, String newLine) {
        int changes = 0;
        for (Quote quote = this; quote != null; quote = quote.before()) {
            if (change.equals(quote.changedBy())) {
                return this;
            }
            changes++;
        }
        return new Quote(newLine, isOfBot, change, changes < MAX_CHANGES ? this : null);
    }
}
