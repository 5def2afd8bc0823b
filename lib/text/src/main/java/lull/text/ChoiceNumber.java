package lull.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.VisibleLine;

/// Number by which a customer chooses from a numbered text, from 1 to 99: `2`, `2.`, `2)`, `(2)`, `#2`,
/// a keycap or circled number, in digits of any script. Written several times it is still one number.
/// Pure.
public final class ChoiceNumber {

    /// A longer text is not a number, whatever it contains.
    private static final int MOST_CHARACTERS = 16;

    private static final int KEYCAP_TEN = 0x1F51F;

    /// Unicode's circled ones, each followed by nine more numbers.
    private static final List<Integer> ENCLOSED_ONES = List.of(0x24F5, 0x2776, 0x2780, 0x278A);

    /// With the signs that people write around a number, such as quotation marks or WhatsApp's marks.
    private static final Pattern NUMBER = Pattern.compile("[\"'*_`\u00AB\u201C\u201E\u2018]?[#(\\[]? ?([1-9][0-9]?) ?"
            + "(?:\\.\\)|[.):,;\\]\u3002\u3001\u060C\u061B])?[\"'*_`\u00BB\u201C\u201D\u2019]?");

    /// A number before the title of its choice, as in the question.
    private static final Pattern TITLED =
            Pattern.compile("[#(\\[]?\\h?(\\p{Nd}{1,2})\uFE0F?\u20E3?\\h?[.):\\]\u3002\u3001,\u2013-]?\\h+(\\S.*)");

    private ChoiceNumber() {}

    /// A number with the title of its choice, such as `2. Delivery`.
    ///
    /// @param title in the form of [#folded(String)]
    record Titled(int number, String title) {}

    /// Whether a text is a number, or begins with one as a choice of a numbered text does.
    public static boolean begins(String text) {
        return of(text).isPresent() || titled(text).isPresent();
    }

    /// Returns the number and the title if a text may be both.
    static Optional<Titled> titled(String text) {
        Matcher titled = TITLED.matcher(folded(text));
        return titled.matches()
                ? Optional.of(new Titled(Integer.parseInt(titled.group(1)), titled.group(2)))
                : Optional.empty();
    }

    /// Returns a text in the form in which titles are compared: without regard to case, width and what
    /// is invisible.
    static String folded(String text) {
        return VisibleLine.of(Normalizer.normalize(text, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
    }

    /// Returns the number if a text is nothing else; otherwise empty.
    public static OptionalInt of(String text) {
        List<OptionalInt> numbers = text.strip()
                .lines()
                .filter(line -> !line.isBlank())
                .map(ChoiceNumber::ofLine)
                .distinct()
                .limit(2)
                .toList();
        return numbers.size() == 1 ? numbers.getFirst() : OptionalInt.empty();
    }

    private static OptionalInt ofLine(String text) {
        String stripped = text.strip();
        if (stripped.length() > MOST_CHARACTERS) {
            return OptionalInt.empty();
        }
        Matcher number = NUMBER.matcher(plain(stripped).strip());
        return number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
    }

    /// Returns the text in ASCII digits, without keycap marks and invisible characters.
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().forEach(character -> {
            int type = Character.getType(character);
            if (type == Character.DECIMAL_DIGIT_NUMBER) {
                plain.append(Character.digit(character, 10));
            } else if (enclosed(character) > 0) {
                plain.append(enclosed(character));
            } else if (Character.isSpaceChar(character)) {
                plain.append(' ');
            } else if (!isInvisible(type)) {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    /// Returns the number of an emoji or a black circle, which no normalization turns into digits; 0 if
    /// it is none.
    private static int enclosed(int character) {
        if (character == KEYCAP_TEN) {
            return 10;
        }
        for (int one : ENCLOSED_ONES) {
            if (character >= one && character < one + 10) {
                return character - one + 1;
            }
        }
        return 0;
    }

    private static boolean isInvisible(int type) {
        return type == Character.FORMAT || type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
