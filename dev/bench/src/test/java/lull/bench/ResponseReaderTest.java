package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseReaderTest {

    private static final String ACCEPTED = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 0\r\n\r\n";
    private static final String REFUSED =
            "HTTP/1.1 401 Unauthorized\r\ncontent-type: text/plain\r\ncontent-length:  12 \r\n\r\nnot\r\n signed";

    private final ResponseReader reader = new ResponseReader();

    @Test
    void readsAnAnswerWithoutABody() throws IOException {
        assertThat(reader.read(bytes(ACCEPTED))).isEqualTo(200);
    }

    @Test
    void readsAnAnswerWithABody() throws IOException {
        assertThat(reader.read(bytes(REFUSED))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCEPTED, REFUSED})
    void readsAnAnswerHoweverItIsCutInTwo(String answer) throws IOException {
        int status = Integer.parseInt(answer.substring(9, 12));
        for (int cut = 0; cut < answer.length(); cut++) {
            assertThat(reader.read(bytes(answer.substring(0, cut)))).isEqualTo(ResponseReader.MORE);
            assertThat(reader.read(bytes(answer.substring(cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(status);
        }
    }

    @Test
    void readsAnAnswerByteByByte() throws IOException {
        for (int i = 0; i < REFUSED.length() - 1; i++) {
            assertThat(reader.read(bytes(REFUSED.substring(i, i + 1)))).isEqualTo(ResponseReader.MORE);
        }
        assertThat(reader.read(bytes(REFUSED.substring(REFUSED.length() - 1)))).isEqualTo(401);
    }

    @Test
    void leavesWhatComesAfterAnAnswer() throws IOException {
        ByteBuffer both = bytes(REFUSED + ACCEPTED);

        assertThat(reader.read(both)).isEqualTo(401);
        assertThat(both.remaining()).isEqualTo(ACCEPTED.length());
        assertThat(reader.read(both)).isEqualTo(200);
        assertThat(both.hasRemaining()).isFalse();
    }

    @Test
    void passesOverInterimAnswers() throws IOException {
        assertThat(reader.read(bytes("HTTP/1.1 100 Continue\r\n\r\n" + ACCEPTED)))
                .isEqualTo(200);
    }

    @Test
    void readsAnswersThatNeverHaveABody() throws IOException {
        assertThat(reader.read(bytes("HTTP/1.1 204 No Content\r\n\r\n"))).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 2000\r\n",
                "HTTP/1.1 007 OK\r\n",
                "HTTP/1.1\r\n",
                "\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            })
    void refusesWhatIsNoAnswerOrHasNoKnownLength(String text) {
        assertThatThrownBy(() -> reader.read(bytes(text))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesALineWithoutEnd() {
        assertThatThrownBy(() -> reader.read(bytes("H".repeat(10_000)))).isInstanceOf(IOException.class);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
