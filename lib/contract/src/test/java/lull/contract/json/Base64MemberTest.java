package lull.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64MemberTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream into = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"mimetype\":\"a/b\",\"base64\":\"aGVsbG8=\"} # hello # a/b",
                "{\"base64\":\"aGVs\\nbG8=\",\"more\":{\"base64\":\"x\"},\"mimetype\":\"a/b\"} # hello # a/b",
                "{\"base64\":\"aGVsbG8=\",\"mimetype\":7} # hello #",
                "{\"other\":\"x\"} # '' #",
                "{} # '' #"
            })
    void decodesTheMemberOfTheObject(String json, String content, @Nullable String text) throws Exception {
        Base64Member.Decoded decoded = decode(json);

        assertThat(into).hasToString(content);
        assertThat(decoded).isEqualTo(new Base64Member.Decoded(content.length(), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{\"base64\":\"***\"}", "{\"base64\":\"aGVsbG8", "{\"base64\" \"x\"}"})
    void whatIsNoSuchObjectIsRefused(String json) {
        assertThatThrownBy(() -> decode(json)).isInstanceOf(UnreadableJson.class);
    }

    private Base64Member.Decoded decode(String json) throws IOException, UnreadableJson {
        return Base64Member.decode(Files.writeString(directory.resolve("answer"), json), "base64", "mimetype", into);
    }
}
