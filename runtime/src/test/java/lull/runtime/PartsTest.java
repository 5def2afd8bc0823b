package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {

    @Test
    void stopsInReverseOrderThoughOneFails() {
        List<String> stopped = new ArrayList<>();
        Parts parts = new Parts();
        parts.add("first", () -> stopped.add("first"));
        parts.add("broken", () -> {
            throw new IllegalStateException("on purpose");
        });
        parts.add("last", () -> stopped.add("last"));

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("last", "first");
    }
}
