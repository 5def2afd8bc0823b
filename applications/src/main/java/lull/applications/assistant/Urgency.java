package lull.applications.assistant;

import java.util.Set;
import java.util.regex.Pattern;
import lull.contract.turn.Turn;

/// Guess of how urgent a turn is, from 1 to 10, by its words and its form. Pure.
final class Urgency {

    private static final int LOWEST = 1;
    private static final int HIGHEST = 10;
    private static final int USUAL = 3;

    /// Of a turn with a word of `turn.urgent.words`.
    private static final int MARKED = 9;

    private static final int OF_A_WORD = 3;
    private static final int MANY_MESSAGES = 4;
    private static final int SHOUTED_LETTERS = 12;

    private static final Set<String> WORDS = Set.of(
            "urgent",
            "urgently",
            "emergency",
            "asap",
            "immediately",
            "urgente",
            "emergencia",
            "emergência",
            "inmediatamente",
            "imediatamente",
            "dringend",
            "sofort",
            "notfall",
            "urgence",
            "immédiatement",
            "subito",
            "emergenza");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern SHOUTS = Pattern.compile("[!¡]{2,}|[?¿]{3,}");

    private Urgency() {}

    /// @param text the combined text of the turn
    static int of(Turn turn, String text) {
        int urgency = USUAL;
        if (BETWEEN_WORDS.splitAsStream(text.toLowerCase(java.util.Locale.ROOT)).anyMatch(WORDS::contains)) {
            urgency += OF_A_WORD;
        }
        if (SHOUTS.matcher(text).find()) {
            urgency++;
        }
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters >= SHOUTED_LETTERS && text.codePoints().noneMatch(Character::isLowerCase)) {
            urgency++;
        }
        if (turn.messageIds().size() >= MANY_MESSAGES) {
            urgency++;
        }
        if (text.isBlank()) {
            urgency--;
        }
        return Math.clamp(turn.urgent() ? Math.max(urgency, MARKED) : urgency, LOWEST, HIGHEST);
    }
}
