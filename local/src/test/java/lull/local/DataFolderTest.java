package lull.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    @Test
    void isTakenByOneAtATime(@TempDir Path directory) throws IOException {
        try (DataFolder _ = DataFolder.take(directory)) {
            assertThatThrownBy(() -> DataFolder.take(directory))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is in use by another")
                    .hasMessageContaining("--data");
        }

        DataFolder.take(directory).close();
    }
}
