package lull.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lull.runtime.Secrets;
import org.jspecify.annotations.Nullable;

/// Stay of an operator on the pages, from signing in to signing out. Safe for several threads.
public final class SignIn {

    private static final int MAX_REVEALED = 1_000;
    private static final Duration REVEALED_FOR = Duration.ofMinutes(10);

    private final Operator operator;
    private final String formToken;
    private final Instant begun;
    private final Map<String, Instant> revealed = new ConcurrentHashMap<>();
    private volatile Instant lastSeen;
    private volatile @Nullable Note note;

    /// Sentence for the next page.
    ///
    /// @param undo undoes what it reports; empty: it cannot be undone
    public record Note(String sentence, Optional<Undo> undo) {}

    /// Form that undoes a change.
    ///
    /// @param path to which it is sent
    public record Undo(String path, Map<String, String> fields) {

        public Undo {
            fields = Map.copyOf(fields);
        }
    }

    /// @param formToken proves that a form comes from a page of this stay
    SignIn(Operator operator, String formToken, Instant begun) {
        this.operator = operator;
        this.formToken = formToken;
        this.begun = begun;
        this.lastSeen = begun;
    }

    public Operator operator() {
        return operator;
    }

    /// The token that every form of a page contains.
    public String formToken() {
        return formToken;
    }

    /// Whether a form comes from a page of this stay.
    public boolean admits(@Nullable String given) {
        return given != null && Secrets.isEqual(given, formToken);
    }

    /// Records that the operator may read texts for the next minutes.
    ///
    /// @param what a conversation or a dead letter
    public void reveal(String what, Instant now) {
        if (revealed.size() >= MAX_REVEALED) {
            revealed.clear();
        }
        revealed.put(what, now.plus(REVEALED_FOR));
    }

    /// Whether the operator has asked for the texts of something in the last minutes.
    public boolean isRevealed(String what, Instant now) {
        Instant until = revealed.get(what);
        return until != null && now.isBefore(until);
    }

    /// Leaves a sentence for the next page, such as the result of a change.
    public void leaveNote(String sentence) {
        note = new Note(sentence, Optional.empty());
    }

    /// Leaves a sentence for the next page, with a form that undoes what it reports.
    public void leaveNote(String sentence, Undo undo) {
        note = new Note(sentence, Optional.of(undo));
    }

    /// Returns the sentence for this page, once; null if there is none.
    public @Nullable Note takeNote() {
        Note left = note;
        note = null;
        return left;
    }

    boolean isOver(Instant now, SignIns.Limits limits) {
        return !now.isBefore(begun.plus(limits.longest())) || !now.isBefore(lastSeen.plus(limits.idle()));
    }

    void seen(Instant now) {
        lastSeen = now;
    }

    @Override
    public String toString() {
        return "SignIn[" + operator.name() + "]";
    }
}
