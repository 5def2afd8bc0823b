package lull.archive.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {

    @Test
    void isReadAsItWasWritten() {
        Cursor cursor = new Cursor(Instant.parse("2026-11-29T15:16:20.117602Z"), List.of("a|b", ""));

        assertThat(Cursor.parse(cursor.text(), 2)).contains(cursor);
        assertThat(Cursor.parse(cursor.text(), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-29T15:16:20Z",
                "yesterday\na\nb",
                "2026-11-29T15:16:20Z\na",
                "2026-11-29T15:16:20Z\na\nb\nc",
                "2026-11-29T15:16:20Z\na\u0000\nb"
            })
    void whatTheArchiveDidNotWriteIsNone(String text) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        assertThat(Cursor.parse(encoded, 2)).isEmpty();
        assertThat(Cursor.parse("%%%", 2)).isEmpty();
        assertThat(Cursor.parse("A".repeat(100_000), 2)).isEmpty();
    }
}
