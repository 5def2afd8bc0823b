package lull.archive.http;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.KeptFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers of files whose senders chose names and types to do harm.
final class MediaAnswerTest {

    private static final String DIGEST = "ab".repeat(32);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '~', textBlock = """
            photo.jpg        | attachment; filename="photo.jpg"
            none             | attachment; filename="abababababab"
            a"; x="b.html    | attachment; filename="a__ x__b.html"; filename*=UTF-8''a%22%3B%20x%3D%22b.html
            ~a\r\nSet-Cookie: b~ | attachment; filename="a Set-Cookie_ b"; filename*=UTF-8''a%20Set-Cookie%3A%20b
            ~\u202egnp.exe~  | attachment; filename="gnp.exe"
            ~\u200b \u2066~  | attachment; filename="abababababab"
            报价 1.pdf        | attachment; filename="__ 1.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%201.pdf
            ../etc/passwd    | attachment; filename=".._etc_passwd"; filename*=UTF-8''..%2Fetc%2Fpasswd
            """)
    void aNameIsADownloadAndNothingElse(String name, String disposition) {
        assertThat(MediaAnswer.disposition(new KeptFile(DIGEST, "image/jpeg", 1, name)))
                .isEqualTo(disposition);
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, image/jpeg",
        "application/vnd.ms-excel, application/vnd.ms-excel",
        "text, application/octet-stream",
        "'text/html\r\nX: y', application/octet-stream",
        "'text/html; charset=x', application/octet-stream"
    })
    void aTypeIsOneOrThatOfAnyBytes(String given, String type) {
        assertThat(MediaAnswer.contentType(new KeptFile(DIGEST, given, 1, null)))
                .isEqualTo(type);
    }
}
