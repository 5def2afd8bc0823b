package lull.contract.reply;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Id of a choice as a button of Telegram carries it, whose data have at most 64 bytes. Pure.
public final class CallbackQueryId {

    private static final int MAX_BYTES = 64;

    /// Stands for the answer that is the title of the button, which Telegram returns.
    private static final String AS_TITLE = "lull:=";

    private CallbackQueryId() {}

    /// Returns the data of a button; empty if its id is too long.
    public static Optional<String> data(String id, String title) {
        if (ChoiceId.of(title).filter(id::equals).isPresent() && size(id) > MAX_BYTES) {
            return Optional.of(AS_TITLE);
        }
        return size(id) <= MAX_BYTES && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    /// Returns the id of a choice.
    ///
    /// @param title of the button
    public static String id(String data, String title) {
        return data.equals(AS_TITLE) ? ChoiceId.of(title).orElse(data) : data;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
