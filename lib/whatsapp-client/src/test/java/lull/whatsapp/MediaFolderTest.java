package lull.whatsapp;

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

        folder.close();
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
    void saysWhyAFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("letter"), "x");

        assertThatThrownBy(() -> MediaFolder.open(file, 1))
                .isInstanceOf(CannotStart.class)
                .hasMessage("media.folder: The directory " + file + " cannot be used: it is a file, not a directory");
        assertThatThrownBy(() -> MediaFolder.open(Path.of("/proc/x"), 1))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("The directory /proc/x cannot be used: it cannot be created there");
    }

    @Test
    void isForOneProcessAtATime() throws IOException {
        MediaFolder folder = MediaFolder.open(directory, 1);

        assertThatThrownBy(() -> MediaFolder.open(directory, 1))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is used by another process: give each bridge on a machine a folder of its own");
        folder.close();
        MediaFolder.open(directory, 1).close();
    }

    @Test
    void aFolderOfAProcessThatWasKilledIsClearedAndUsedAgain() throws IOException {
        Path left = Files.createDirectories(directory.resolve("lull-media-1"));
        Files.writeString(left.resolve("lull-media-7"), "a customer's file");
        Files.writeString(left.resolve("lull.lock"), "");

        MediaFolder first = MediaFolder.ofProcess(directory, "lull-media", 1);
        MediaFolder second = MediaFolder.ofProcess(directory, "lull-media", 1);

        assertThat(first.newFile()).hasParentRaw(left);
        assertThat(left.resolve("lull-media-7")).doesNotExist();
        assertThat(second.newFile()).hasParentRaw(directory.resolve("lull-media-2"));
        first.close();
        second.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void isNoLinkAndNoFileThatSomebodyPutInItsWay() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("lull-media-1"), elsewhere);
        Files.writeString(directory.resolve("lull-media-2"), "a file");

        try (MediaFolder folder = MediaFolder.ofProcess(directory, "lull-media", 1)) {
            assertThat(folder.newFile()).hasParentRaw(directory.resolve("lull-media-3"));
        }
    }

    @Test
    void filesOfAgentsLieWithinAndAreClearedToo() throws IOException {
        Path agents = Files.createDirectories(directory.resolve("agents"));
        Files.writeString(agents.resolve("lull-media-file-1"), "x");

        try (MediaFolder folder = MediaFolder.open(directory, 1);
                MediaFolder within = folder.within("agents", 0)) {
            assertThat(agents).isEmptyDirectory();
            assertThat(within.newFile()).hasParentRaw(agents).isNotEqualTo(within.newFile());
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void cannotBeAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> MediaFolder.open(file, 1)).isInstanceOf(CannotStart.class);
    }
}
