package lull.contract.reply;

/// Ids of replies that do not come from Amazon Connect. They begin with `app-`, which no id of Amazon
/// Connect does. Pure.
public final class ReplyIds {

    private static final String APPLICATION = "app-";

    private ReplyIds() {}

    /// Returns the id of a reply of an application, or of Lull itself.
    ///
    /// @param unique the same for the same reply
    public static String ofApplication(String unique) {
        return APPLICATION + unique;
    }

    /// Whether an id is that of a reply of an application, or of Lull itself.
    public static boolean isOfApplication(String id) {
        return id.startsWith(APPLICATION);
    }
}
