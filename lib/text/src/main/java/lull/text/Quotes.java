package lull.text;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.contract.VisibleLine;
import lull.contract.message.Content;
import lull.contract.message.MessageToken;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Index of the latest messages of customers and to them, each in one line: an answer, a reaction, an
/// edit or a deletion is shown with it. [QuoteFollower] fills it from Kafka, so that it survives a
/// restart and has messages that other bridges handled. Learning something again changes nothing. Safe
/// for several threads.
public final class Quotes {

    static final int MAX_CHARACTERS = 80;

    /// Numbers of cards, accounts and the like, which are not repeated when their message is deleted.
    private static final Pattern NUMBER =
            Pattern.compile("(?:\\p{Nd}[\\s\\p{P}\\p{M}\\p{Cf}+|~]{0,3}){3,}\\p{Nd}\\p{M}*");

    private static final String MASK = "••••";

    private final Map<String, Quote> quotes;
    private final Advertisements advertisements;

    /// @param most maximum number of messages that are remembered
    public Quotes(int most) {
        this.quotes = new BoundedMap<>(most);
        this.advertisements = new Advertisements(most);
    }

    /// Returns the advertisements that wait for their customers' first message.
    public Advertisements advertisements() {
        return advertisements;
    }

    /// Learns the texts of the messages of a turn, and which earlier ones they change.
    public void learn(Turn turn, Rendering rendering) {
        advertisements.learn(turn, rendering);
        for (TurnItem item : turn.items()) {
            item.messages().forEach(message -> learn(message, rendering));
        }
    }

    private void learn(TurnMessage message, Rendering rendering) {
        learn(message.id(), message.content(), rendering);
    }

    /// Learns the text of a message, or its effect on an earlier one.
    public void learn(String messageId, Content content, Rendering rendering) {
        switch (content) {
            case Content.Edit edit -> change(edit.originalMessageId(), messageId, line(rendering.edited(edit)));
            case Content.Revoke(String original) -> delete(original, messageId);
            case Content.Reaction reaction -> {}
            case Content other -> remember(messageId, rendering.text(other));
        }
    }

    /// Remembers the text of a message. If there are too many, it replaces the oldest one.
    ///
    /// @param messageId the id that WhatsApp gave it
    public void remember(String messageId, String text) {
        remember(messageId, text, false);
    }

    /// @param isOfBot whether a bot or the chat's flow wrote it
    void remember(String messageId, String text, boolean isOfBot) {
        String line = line(text);
        if (line.isEmpty()) {
            return;
        }
        synchronized (quotes) {
            // A known message may have been changed since.
            quotes.putIfAbsent(MessageToken.of(messageId), new Quote(line, isOfBot));
        }
    }

    /// Changes the text of a message that was edited.
    private void change(String messageId, String changeId, String line) {
        // An edit of which WhatsApp does not report the text leaves the one that is known.
        if (messageId.isEmpty() || line.isEmpty()) {
            return;
        }
        String change = MessageToken.of(changeId);
        synchronized (quotes) {
            quotes.compute(
                    MessageToken.of(messageId),
                    (_, known) -> known == null ? new Quote(line, false, change, null) : known.changed(change, line));
        }
    }

    /// Changes the text of a message that was deleted: it is kept without numbers.
    private void delete(String messageId, String changeId) {
        String change = MessageToken.of(changeId);
        synchronized (quotes) {
            quotes.computeIfPresent(
                    MessageToken.of(messageId), (_, known) -> known.changed(change, withoutNumbers(known.line())));
        }
    }

    /// Returns the line that quotes a message, by either form of its id.
    public Optional<String> lineOf(String messageId) {
        return of(messageId).map(Quote::line);
    }

    /// Whether it is known that a person wrote a message, and no bot or flow.
    public boolean isOfPerson(String messageId) {
        return of(messageId).filter(quote -> !quote.isOfBot()).isPresent();
    }

    /// Returns the text of a message, by either form of its id.
    Optional<Quote> of(String messageId) {
        synchronized (quotes) {
            return Optional.ofNullable(quotes.get(MessageToken.of(messageId)));
        }
    }

    /// Returns the text of a message before another message changed it.
    Optional<Quote> before(String messageId, String changeId) {
        return of(messageId).flatMap(quote -> quote.before(MessageToken.of(changeId)));
    }

    /// Whether a text is quoted in this line.
    public static boolean isQuotedAs(String text, String line) {
        return line(text).equals(line);
    }

    /// Returns a text in one short line.
    static String line(@Nullable String text) {
        String line = text == null ? "" : VisibleLine.of(text);
        return line.length() <= MAX_CHARACTERS
                ? line
                : TextSplitter.split(line, MAX_CHARACTERS).getFirst() + " …";
    }

    /// Returns the line of a message that was deleted. It must not repeat what the customer may have
    /// deleted because it is secret.
    static String withoutNumbers(String line) {
        return NUMBER.matcher(line).replaceAll(MASK);
    }
}
