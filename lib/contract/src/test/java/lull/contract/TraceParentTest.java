package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Source;
import lull.contract.trace.TraceParent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {

    private static final String VALUE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void hasTheIdsOfItsTraceAndItsSpan() {
        TraceParent parent = new TraceParent(VALUE);
        assertThat(parent.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(parent.spanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(parent.isSampled()).isTrue();
        assertThat(new TraceParent(VALUE.substring(0, 53) + "02").isSampled()).isFalse();
        assertThat(new TraceParent(VALUE.substring(0, 53) + "ff").isSampled()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "\n00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void isNothingElse(String text) {
        assertThat(TraceParent.parse(text)).isEmpty();
        if (text != null) {
            assertThatIllegalArgumentException().isThrownBy(() -> new TraceParent(text));
        }
    }

    /// A record must not become a dead letter because of it.
    @ParameterizedTest
    @ValueSource(strings = {"\"nonsense\"", "7", "null", "{}", "[\"" + VALUE + "\"]", "true"})
    void aMemberThatIsNoneIsNone(String member) throws UnreadableJson {
        Source read = Json.read(
                ("{\"door\":\"meta\",\"app\":\"default\",\"trace\":" + member + "}").getBytes(StandardCharsets.UTF_8),
                Source.class);
        assertThat(read).isEqualTo(new Source("meta", "default"));
    }

    @Test
    void isATextInJson() throws UnreadableJson {
        Source source = new Source("meta", "default").in(TraceParent.parse(VALUE));
        assertThat(Json.text(source)).isEqualTo("{\"door\":\"meta\",\"app\":\"default\",\"trace\":\"" + VALUE + "\"}");
        assertThat(Json.read(Json.bytes(source), Source.class)).isEqualTo(source);
        assertThat(Json.text(new Source("meta", "default"))).isEqualTo("{\"door\":\"meta\",\"app\":\"default\"}");
    }
}
