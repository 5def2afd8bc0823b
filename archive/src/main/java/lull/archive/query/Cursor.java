package lull.archive.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.json.Timestamps;

/// Place in a list from which its next page continues: time and keys of the last entry that was
/// shown. Clients get it as a text that they do not read. Immutable.
///
/// @param keys what orders entries of the same time
public record Cursor(Instant at, List<String> keys) {

    private static final int MAX_LENGTH = 2048;
    private static final String SEPARATOR = "\n";
    private static final Pattern TEXT = Pattern.compile("([^\n]+)\n(.*)", Pattern.DOTALL);

    public Cursor {
        keys = List.copyOf(keys);
    }

    /// Returns the text for clients.
    public String text() {
        String plain = at + SEPARATOR + String.join(SEPARATOR, keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the place that a text stands for; empty if the archive did not write it.
    ///
    /// @param keys their number
    public static Optional<Cursor> parse(String text, int keys) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Matcher plain = TEXT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (!plain.matches()) {
                return Optional.empty();
            }
            List<String> found = List.of(plain.group(2).split(SEPARATOR, -1));
            return found.size() == keys && found.stream().allMatch(Cursor::isKey)
                    ? Timestamps.ofIso(plain.group(1)).map(at -> new Cursor(at, found))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether a database takes a text as a key: PostgreSQL has no character 0.
    private static boolean isKey(String key) {
        return key.indexOf(0) < 0;
    }

    @Override
    public String toString() {
        return "Cursor[" + at + "]";
    }
}
