package lull.ingress.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lull.contract.json.UnreadableJson;
import lull.ingress.webhook.RawJson.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.50e3",
                "true",
                "null",
                "\"\"",
                "\"a \\\" \\u00e4 ä \ud83d\ude00\"",
                "{}",
                "{ \"b\" : [ 1 , { } ] }",
                "[]",
                "[ 1 ]"
            })
    void isTheBytesOfAValueWhateverStandsAround(String value) throws UnreadableJson {
        for (String frame : List.of("{\"a\":%s}", " {\"ä\" :  %s , \"z\":1}\n", "\ufeff{\"a\":%s,\"a\":%s}")) {
            RawJson whole = whole(frame.replace("%s", value));

            Member first = whole.members().getFirst();

            assertThat(first.value().text()).isEqualTo(value);
            assertThat(first.value().copy()).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void findsElementsAndTheMembersWithinThem() throws UnreadableJson {
        Member list =
                whole("{\"list\" : [ {\"a\": \"x\"},2 , \"y\",[3] ]}").members().getFirst();

        assertThat(texts(list.elements())).containsExactly("{\"a\": \"x\"}", "2", "\"y\"", "[3]");
        assertThat(list.value().text()).isEqualTo("[ {\"a\": \"x\"},2 , \"y\",[3] ]");
        Member inner = list.elements().getFirst().members().getFirst();
        assertThat(inner.name()).isEqualTo("a");
        assertThat(inner.value().text()).isEqualTo("\"x\"");
    }

    @Test
    void keepsEqualNamesInTheirOrder() throws UnreadableJson {
        assertThat(whole("{\"a\":1,\"b\":2,\"a\":3}").members())
                .extracting(Member::name)
                .containsExactly("a", "b", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"a\"}", "{\"a\":}", "{\"a\":[}", "{\"a\":tru}", "{\"a\":\"\\x\"}", "{} 1", "{\"a\":1,}"})
    void doesNotTakeWhatIsNoJson(String body) {
        assertThatThrownBy(() -> whole(body).members()).isInstanceOf(UnreadableJson.class);
    }

    @Test
    void doesNotTakeOtherEncodings() {
        for (byte[] body : List.of(
                "{}".getBytes(StandardCharsets.UTF_16),
                "{}".getBytes(StandardCharsets.UTF_16LE),
                "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1))) {
            assertThatThrownBy(() -> RawJson.whole(body).members()).isInstanceOf(UnreadableJson.class);
        }
    }

    @Test
    void takesNoNameForAnother() {
        byte[] body = "{\"entr#y\":[]}".getBytes(StandardCharsets.US_ASCII);
        body[6] = (byte) 0xFF;

        assertThatThrownBy(() -> RawJson.whole(body)).isInstanceOf(UnreadableJson.class);
    }

    @Test
    void hasATreeUpToADepth() throws UnreadableJson {
        RawJson deep = whole("[".repeat(RawJson.MAX_DEPTH) + "]".repeat(RawJson.MAX_DEPTH));
        RawJson deeper = whole("[".repeat(RawJson.MAX_DEPTH + 1) + "]".repeat(RawJson.MAX_DEPTH + 1));

        assertThat(deep.tree().isArray()).isTrue();
        assertThatThrownBy(deeper::tree).isInstanceOf(UnreadableJson.class);
    }

    @Test
    void endsWhereABodyIsNestedBeyondReason() {
        assertThatThrownBy(() -> whole("{\"a\":" + "[".repeat(2_000_000)).members())
                .isInstanceOf(UnreadableJson.class);
    }

    @Test
    void takesManyDifferentNames() throws UnreadableJson {
        StringBuilder body = new StringBuilder("{\"first\":0");
        for (int i = 0; i < 200_000; i++) {
            body.append(",\"name").append(i * 7919L).append("\":").append(i);
        }

        assertThat(whole(body.append('}').toString()).members()).hasSize(200_001);
    }

    private static RawJson whole(String json) throws UnreadableJson {
        return RawJson.whole(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(List<RawJson> pieces) throws UnreadableJson {
        List<String> texts = new ArrayList<>();
        for (RawJson piece : pieces) {
            texts.add(piece.text());
        }
        return texts;
    }
}
