package lull.text;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Short line with the text of a message, and its text before it was edited or deleted.
///
/// @param isOfBot whether a bot or the chat's flow wrote it
/// @param changedBy the token of the message that changed it; absent if it is unchanged
/// @param before its text before that change; absent if that is unknown
record Quote(
        String line,
        boolean isOfBot,
        @Nullable String changedBy,
        @Nullable Quote before) {

    /// Maximum number of changes of a message that are kept.
    private static final int MAX_CHANGES = 10;

    /// Creates the quote of an unchanged message.
    Quote(String line, boolean isOfBot) {
        this(line, isOfBot, null, null);
    }

    /// Returns its text before a change; its present text if that change is not known.
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

    /// Returns the quote after a change. The same change counts once.
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
