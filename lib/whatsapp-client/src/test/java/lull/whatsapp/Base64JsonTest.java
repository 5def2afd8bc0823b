package lull.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64JsonTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 49_151, 49_152, 49_153, 200_000})
    void aFileOfAnySizeIsWhereItBelongsAndTheLengthIsKnown(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);

        Base64Json json = Base64Json.of(
                file(bytes),
                place -> Json.object()
                        .put("ü", "a\"b")
                        .put("file", "data:x," + place)
                        .put("z", 1));

        String expected =
                "{\"ü\":\"a\\\"b\",\"file\":\"data:x," + Base64.getEncoder().encodeToString(bytes) + "\",\"z\":1}";
        for (int i = 0; i < 2; i++) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            json.writeTo(written);
            assertThat(written.toString(UTF_8)).isEqualTo(expected);
        }
        assertThat(json.publisher().contentLength()).isEqualTo(expected.getBytes(UTF_8).length);
    }

    @Test
    void jsonWithoutAPlaceForTheFileIsAnError() throws IOException {
        OutgoingFile file = file(new byte[1]);

        assertThatThrownBy(() -> Base64Json.of(file, _ -> Json.object())).isInstanceOf(IllegalArgumentException.class);
    }

    private OutgoingFile file(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("file"), bytes);
        return new OutgoingFile(path, bytes.length, "image/png", "a.png", Duration.ofSeconds(5));
    }
}
