package lull.applications.assistant;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules by which a conversation goes to a person: words of the customer, before the model is
/// asked, and what is in the model's answer. Immutable, pure.
final class HandOverRules {

    /// What precedes a word in the settings that must be the whole text.
    private static final String WHOLE = "=";

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> phrases;
    private final Set<String> whole;
    private final double threshold;
    private final Set<String> intents;

    /// @param words of which one in a turn hands over; with `=` before it, only if it is all that
    ///     was written
    /// @param threshold the confidence below which an answer is not used
    /// @param intents that persons answer
    HandOverRules(List<String> words, double threshold, Set<String> intents) {
        this.phrases = words.stream()
                .filter(word -> !word.startsWith(WHOLE))
                .map(HandOverRules::folded)
                .filter(word -> !word.isBlank())
                .toList();
        this.whole = words.stream()
                .filter(word -> word.startsWith(WHOLE))
                .map(HandOverRules::folded)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        this.threshold = threshold;
        this.intents = Set.copyOf(intents);
    }

    /// Whether the customer asks for a person in as many words.
    boolean asksForPerson(String text) {
        String said = folded(text);
        return whole.contains(said) || phrases.stream().anyMatch(phrase -> has(said, phrase));
    }

    /// Returns why an answer of the model leads to a person; empty if it does not.
    Optional<HandOverCause> of(AssistantAnswer answer) {
        Optional<HandOverCause> wish = switch (answer.wish()) {
            case NO -> Optional.empty();
            case ASKED -> Optional.of(HandOverCause.ASKED);
            case UNSURE -> Optional.of(HandOverCause.UNSURE);
            case SENSITIVE -> Optional.of(HandOverCause.SENSITIVE);
            case COMPLAINT -> Optional.of(HandOverCause.COMPLAINT);
            case OUT_OF_SCOPE -> Optional.of(HandOverCause.OUT_OF_SCOPE);
        };
        if (wish.isPresent()) {
            return wish;
        }
        if (intents.contains(answer.intent())) {
            return Optional.of(HandOverCause.INTENT);
        }
        // One that has nothing to answer cannot be wrong.
        return answer.shouldRespond() && answer.confidence() < threshold
                ? Optional.of(HandOverCause.CONFIDENCE)
                : Optional.empty();
    }

    /// Whether a text has a phrase as whole words. Languages that write no blanks have no whole words.
    private static boolean has(String text, String phrase) {
        return phrase.codePoints().anyMatch(Character::isIdeographic)
                ? text.contains(phrase)
                : (" " + text + " ").contains(" " + phrase + " ");
    }

    /// Returns a text in small letters without accents, with single blanks between words.
    private static String folded(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return NO_LETTERS.matcher(plain).replaceAll(" ").strip();
    }
}
