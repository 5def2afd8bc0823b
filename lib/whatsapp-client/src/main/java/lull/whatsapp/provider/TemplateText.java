package lull.whatsapp.provider;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text of a template, with placeholders such as `{to}`. `{name|file}` stands for `file` if there is no
/// value. Other braces are text. Values are put in as they are, and never read for placeholders. Immutable.
final class TemplateText {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(?<number>#?)(?<name>[a-z][A-Za-z]*)(?:\\|(?<other>[^{}]*))?\\}");

    private static final int LONGEST_NUMBER = 30;

    /// The values that are numbers whenever they are there.
    private static final Set<String> NUMBERS = Set.of("latitude", "longitude");

    private final List<Piece> pieces;

    private TemplateText(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    private sealed interface Piece {

        record Fixed(String text) implements Piece {}

        /// @param asNumber whether the value becomes a number of JSON
        /// @param other the text without a value
        record Value(
                String name, boolean asNumber, @Nullable String other) implements Piece {}
    }

    /// Reads a text. Throws `IllegalArgumentException` if it has a placeholder that is not known.
    static TemplateText parse(String text, Set<String> known) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String name = matcher.group("name");
            if (!known.contains(name)) {
                throw new IllegalArgumentException("has the placeholder {" + name + "}, which does not exist");
            }
            if (matcher.start() > end) {
                pieces.add(new Piece.Fixed(text.substring(end, matcher.start())));
            }
            boolean asNumber = !matcher.group("number").isEmpty();
            if (asNumber && !NUMBERS.contains(name)) {
                throw new IllegalArgumentException(
                        "has {#" + name + "}, which is no number; numbers are {#latitude} and" + " {#longitude}");
            }
            if (asNumber && matcher.group("other") != null && !isNumber(matcher.group("other"))) {
                throw new IllegalArgumentException(
                        "has {#" + name + "|" + matcher.group("other") + "}, which is no number without a value");
            }
            boolean isWhole = matcher.start() == 0 && matcher.end() == text.length();
            if (asNumber && !isWhole) {
                throw new IllegalArgumentException("has {#" + name + "} beside other text, which is no number");
            }
            pieces.add(new Piece.Value(name, asNumber, matcher.group("other")));
            end = matcher.end();
        }
        if (end < text.length()) {
            pieces.add(new Piece.Fixed(text.substring(end)));
        }
        return new TemplateText(pieces);
    }

    private static boolean isNumber(String text) {
        try {
            BigDecimal _ = new BigDecimal(text);
            return text.length() <= LONGEST_NUMBER;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// Whether the value becomes a number.
    boolean isNumber() {
        return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Value value && value.asNumber();
    }

    /// Returns the text with these values. It is empty if it is only a placeholder without a value; beside
    /// other text a missing value is nothing.
    Optional<String> filled(Map<String, String> values) {
        if (pieces.size() == 1) {
            return Optional.ofNullable(value(pieces.getFirst(), values));
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            String value = value(piece, values);
            if (value != null) {
                text.append(value);
            }
        }
        return Optional.of(text.toString());
    }

    /// Returns the name of the first placeholder without a value.
    Optional<String> missing(Map<String, String> values) {
        return pieces.stream()
                .filter(piece -> value(piece, values) == null)
                .map(piece -> ((Piece.Value) piece).name())
                .findFirst();
    }

    private static @Nullable String value(Piece piece, Map<String, String> values) {
        return switch (piece) {
            case Piece.Fixed(String text) -> text;
            case Piece.Value value -> values.getOrDefault(value.name(), value.other());
        };
    }
}
