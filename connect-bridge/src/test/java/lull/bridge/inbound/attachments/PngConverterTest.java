package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PngConverterTest {

    @TempDir
    private Path directory = Path.of(".");

    /// One pixel, with loss and without.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
                "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
            })
    void makesAPngOfAWebp(String webp) throws IOException {
        Path png = directory.resolve("png");

        assertThat(PngConverter.convert(file(Base64.getDecoder().decode(webp)), png))
                .isTrue();

        assertThat(ImageIO.read(png.toFile())).satisfies(image -> {
            assertThat(image.getWidth()).isEqualTo(1);
            assertThat(image.getHeight()).isEqualTo(1);
        });
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void leavesWhatIsNoImage() throws IOException {
        assertThat(PngConverter.convert(file(new byte[] {1, 2, 3}), directory.resolve("png")))
                .isFalse();
        byte[] broken = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEA");
        assertThat(PngConverter.convert(file(broken), directory.resolve("png"))).isFalse();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("original"), bytes);
    }
}
