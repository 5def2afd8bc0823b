package lull.contract.reply;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/// Ids of replies that do not come from Amazon Connect. They begin with `app-` or `join-`, which no id
/// of Amazon Connect does. Pure.
public final class ReplyIds {

    private static final String APPLICATION = "app-";
    private static final String JOINED = "join-";

    private ReplyIds() {}

    /// Returns the id of a reply of an application, or of Lull itself.
    ///
    /// @param unique the same for the same reply
    public static String ofApplication(String unique) {
        return APPLICATION + unique;
    }

    /// Returns the id of a reply of Lull itself: a digest, so that what is requested twice is sent once.
    ///
    /// @param about what the reply is for, the same for the same reply
    public static String ofLull(String about) {
        return ofApplication(
                UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /// Returns the id of a reply that joins texts of a chat: a digest, so that the same texts have the
    /// same id, and others have another.
    ///
    /// @param textIds Connect's ids of the texts, in their order
    public static String ofJoined(List<String> textIds) {
        return JOINED + UUID.nameUUIDFromBytes(String.join("\n", textIds).getBytes(StandardCharsets.UTF_8));
    }

    /// Whether an id is that of a reply that joins texts of a chat.
    public static boolean isOfJoined(String id) {
        return id.startsWith(JOINED);
    }

    /// Whether an id is that of a reply of an application, or of Lull itself.
    public static boolean isOfApplication(String id) {
        return id.startsWith(APPLICATION);
    }
}
