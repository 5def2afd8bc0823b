package lull.bridge.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.message.MessageToken;

/// What the latest messages said, of customers and to them, each in a line: what an answer to one of them is shown
/// with. Kept in memory alone, as an agent can do without: what was said before a restart, or by another bridge, is not
/// known. Safe for several threads.
public final class Quotes {

    private static final int MAX_CHARACTERS = 80;

    private final int most;
    private final Map<String, String> lines = new LinkedHashMap<>();

    /// @param most messages that are remembered
    public Quotes(int most) {
        this.most = most;
    }

    /// Remembers what a message said, in place of the oldest one where there are too many.
    ///
    /// @param messageId WhatsApp's
    public void remember(String messageId, String text) {
        String line = line(text);
        synchronized (lines) {
            lines.put(MessageToken.of(messageId), line);
            if (lines.size() > most) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
    }

    /// The line of a message, by either form of its id.
    Optional<String> of(String messageId) {
        synchronized (lines) {
            return Optional.ofNullable(lines.get(MessageToken.of(messageId)));
        }
    }

    /// A text in one short line.
    static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        List<String> parts = TextSplitter.split(line, MAX_CHARACTERS);
        return parts.size() <= 1 ? line : parts.getFirst() + " …";
    }
}
