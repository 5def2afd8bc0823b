package lull.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Step that adds quotes to the texts of an item that only say that they are an answer. The item is
/// split into parts before that, without quotes. Splitting must not depend on in-memory state: after a
/// restart an attempt continues after the parts that Connect already accepted. Used once.
final class Quoting {

    private final AgentTexts texts;
    private final String unquoted;
    private final Quotes quotes;
    private final List<String> answered;
    private int next;

    /// @param answered the messages outside of the turn that the item's messages answer, in order
    public Quoting(AgentTexts texts, Quotes quotes, List<String> answered) {
        this.texts = texts;
        this.unquoted = texts.labelled(Phrase.REPLY, "");
        this.quotes = quotes;
        this.answered = List.copyOf(answered);
    }

    /// Returns the texts, with quotes if there is room for them.
    public List<String> in(List<String> parts, int maxCharacters) {
        long lines = parts.stream().mapToLong(part -> ends(part).size()).sum();
        // If the customer wrote such a line, or one was cut, it is unknown which line is which.
        return lines == answered.size()
                ? parts.stream().map(part -> quoted(part, maxCharacters)).toList()
                : parts;
    }

    private String quoted(String part, int maxCharacters) {
        StringBuilder out = new StringBuilder(part);
        int grown = 0;
        for (int end : ends(part)) {
            Optional<String> quote =
                    quotes.of(answered.get(next++)).map(known -> texts.labelled(Phrase.REPLY_QUOTING, known.line()));
            if (quote.isPresent() && out.length() + quote.get().length() - unquoted.length() <= maxCharacters) {
                int at = end + grown;
                out.replace(at - unquoted.length(), at, quote.get());
                grown += quote.get().length() - unquoted.length();
            }
        }
        return out.toString();
    }

    /// Returns the ends of the lines that only say that something is an answer.
    private List<Integer> ends(String part) {
        List<Integer> ends = new ArrayList<>();
        for (int at = part.indexOf(unquoted); at >= 0; at = part.indexOf(unquoted, at + 1)) {
            int end = at + unquoted.length();
            if (end == part.length() || part.charAt(end) == '\n') {
                ends.add(end);
            }
        }
        return ends;
    }
}
