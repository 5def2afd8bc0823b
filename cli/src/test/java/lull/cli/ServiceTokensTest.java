package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lull.archive.ArchiveSettings;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceTokensTest {

    @TempDir
    private Path folder;

    @Test
    void theOptionComesBeforeTheVariableAndTheVariableBeforeTheTokenOfLocal() {
        Map<String, String> environment = Map.of("LULL_ARCHIVE_TOKENS", "new, old", "LULL_SOMETHING_ELSE", "x");

        assertThat(tokens("given", environment)).isEqualTo("given");
        assertThat(tokens(null, environment)).isEqualTo("new,old");
        assertThat(tokens(null, Map.of())).isEqualTo("local");
    }

    /// So do containers, whose secrets are files.
    @Test
    void aVariableCanNameTheFileThatTheProcessHasToo() throws Exception {
        Path file = Files.writeString(folder.resolve("archive-tokens"), "of-file\n");

        assertThat(tokens(null, Map.of("LULL_ARCHIVE_TOKENS_FILE", file.toString())))
                .isEqualTo("of-file");
        assertThatThrownBy(() -> tokens(null, Map.of("LULL_ARCHIVE_TOKENS_FILE", file + ".not")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("LULL_ARCHIVE_TOKENS_FILE");
    }

    private static String tokens(@Nullable String given, Map<String, String> environment) {
        return ServiceTokens.of(given, ArchiveSettings.TOKENS, environment, "local");
    }
}
