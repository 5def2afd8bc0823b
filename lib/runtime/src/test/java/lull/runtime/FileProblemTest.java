package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileProblemTest {

    @TempDir
    private Path directory;

    @Test
    void linksThatLeadInACircleAreNoMatterOfPermissions() throws IOException {
        Path one = directory.resolve("one");
        Path other = Files.createSymbolicLink(directory.resolve("other"), one);
        Files.createSymbolicLink(one, other);

        IOException failure = catchThrowableOfType(IOException.class, () -> Files.readString(one));

        assertThat(FileProblem.words(one, failure))
                .isEqualTo("The file " + one + " cannot be read: its symbolic links lead in a circle");
    }
}
