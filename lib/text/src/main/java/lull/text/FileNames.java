package lull.text;

import java.text.Normalizer;
import lull.contract.VisibleLine;
import org.jspecify.annotations.Nullable;

/// Names of customers' files: as people read them, and as they are written in a header, which allows
/// ASCII only.
public final class FileNames {

    private static final int MAX_NAME_CHARACTERS = 120;
    private static final int MAX_SHOWN_CHARACTERS = 200;

    private FileNames() {}

    /// Returns a name for people: without folders, in one line, only its end if it is too long. Empty
    /// if there is none.
    public static String shown(@Nullable String filename) {
        String name = lastOfPath(filename == null ? "" : VisibleLine.of(filename));
        return name.length() <= MAX_SHOWN_CHARACTERS ? name : "…" + end(name, MAX_SHOWN_CHARACTERS);
    }

    /// Whether people can read the name in a header. Accents may be missing, and characters be
    /// replaced.
    public static boolean isReadable(@Nullable String filename) {
        String name = lastOfPath(filename == null ? "" : VisibleLine.of(filename));
        return name.length() <= MAX_NAME_CHARACTERS
                && withoutAccents(name).codePoints().allMatch(point -> point < 0x80 || isPunctuation(point));
    }

    /// Returns a name for a header; empty if there is none.
    public static String inHeader(@Nullable String filename) {
        String name = lastOfPath(filename == null ? "" : VisibleLine.of(filename));
        return end(withoutAccents(name).replaceAll("[^A-Za-z0-9._ -]", "_").strip(), MAX_NAME_CHARACTERS);
    }

    private static String lastOfPath(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        return last.isEmpty() ? name.replaceAll("[/\\\\]+$", "") : last;
    }

    private static String withoutAccents(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    }

    private static boolean isPunctuation(int point) {
        return Character.toString(point).matches("[\\p{P}\\p{Z}]");
    }

    /// Returns the last characters of a text; no character is cut in two.
    private static String end(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int start = text.length() - max;
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }
}
