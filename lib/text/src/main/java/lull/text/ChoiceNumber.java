package lull.text;

import java.text.Normalizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Number by which a customer chooses from a numbered text, from 1 to 99: `2`, `2.`, `2)`, `(2)`, `#2`,
/// a keycap or circled number, in digits of any script. Pure.
public final class ChoiceNumber {

    /// A longer text is not a number, whatever it contains.
    private static final int MOST_CHARACTERS = 16;

    private static final int KEYCAP_TEN = 0x1F51F;

    /// Unicode's circled ones, each followed by nine more numbers.
    private static final List<Integer> ENCLOSED_ONES = List.of(0x24F5, 0x2776, 0x2780, 0x278A);

    private static final Pattern NUMBER = Pattern.compile("[#(\\[]? ?([1-9][0-9]?) ?[.):\\]\u3002\u3001,]?");

    private ChoiceNumber() {}

    /// Returns the number if a text is nothing else; otherwise empty.
    public static OptionalInt of(String text) {
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
