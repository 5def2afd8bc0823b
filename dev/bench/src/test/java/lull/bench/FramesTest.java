package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FramesTest {

    @Test
    void messagesComeOutAsTheyWentIn() {
        byte[] earlier = Frames.join(Frames.join(Frames.NONE, bytes("one")), bytes(""));
        byte[] later = Frames.join(Frames.NONE, bytes("three"));

        assertThat(Frames.split(Frames.concat(earlier, later)))
                .containsExactly(bytes("one"), bytes(""), bytes("three"));
        assertThat(Frames.concat(Frames.NONE, later)).isEqualTo(later);
        assertThat(Frames.split(Frames.NONE)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
