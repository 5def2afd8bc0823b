package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceIdTest {

    @TempDir
    private Path directory;

    @Test
    void staysTheSameInADirectory() throws IOException {
        String first = InstanceId.of(directory);

        assertThat(InstanceId.of(directory)).isEqualTo(first);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void differsInAnother() throws IOException {
        assertThat(InstanceId.of(directory))
                .isNotEqualTo(InstanceId.of(Files.createDirectory(directory.resolve("other"))));
    }

    @Test
    void saysWhichFileIsWrong() throws IOException {
        Files.writeString(directory.resolve("lull-instance-id"), "");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> InstanceId.of(directory))
                .withMessageContaining("lull-instance-id must contain a UUID: delete the file");
    }
}
