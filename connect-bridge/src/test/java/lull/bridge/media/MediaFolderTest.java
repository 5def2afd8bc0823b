package lull.bridge.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MediaFolderTest {

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void hasAsManyPlacesAsItIsToldAndGivesThemBack() {
        MediaFolder folder = MediaFolder.open(directory.resolve("new"), 2);

        MediaFolder.Place first = folder.take().orElseThrow();
        MediaFolder.Place second = folder.take().orElseThrow();
        assertThat(first.original()).isNotEqualTo(second.original());
        assertThat(folder.take()).isEmpty();

        first.close();
        assertThat(folder.take()).isPresent();
    }

    @Test
    void leavesNothingBehind() throws IOException {
        MediaFolder folder = MediaFolder.open(directory, 1);

        try (MediaFolder.Place place = folder.take().orElseThrow()) {
            Files.writeString(place.original(), "x");
            Files.writeString(place.converted(), "y");
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void clearsWhatAFormerProcessHasLeftAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("lull-media-7"), "x");
        Files.writeString(directory.resolve("letter"), "x");

        MediaFolder.open(directory, 1);

        assertThat(directory).isDirectoryNotContaining("glob:**/lull-media-*").isNotEmptyDirectory();
    }

    @Test
    void isGoneOnceClosedIfItWasNotThereBefore() throws IOException {
        MediaFolder.open(directory.resolve("new"), 1).close();
        MediaFolder.open(directory, 1).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void cannotBeAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> MediaFolder.open(file, 1)).isInstanceOf(CannotStart.class);
    }
}
