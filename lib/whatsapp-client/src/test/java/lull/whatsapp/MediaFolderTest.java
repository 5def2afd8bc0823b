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
    void deletesDirectoriesThatAConverterHasLeftAndFollowsNoLinks() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("others/kept"));
        Path media = directory.resolve("media");
        MediaFolder folder = MediaFolder.open(media, 1);
        try (MediaFolder.Place place = folder.take().orElseThrow()) {
            Files.createDirectories(place.converted().resolve("a/b"));
            Files.writeString(place.converted().resolve("a/b/file"), "x");
            Files.createSymbolicLink(place.converted().resolve("a/link"), kept.getParent());
            Files.createSymbolicLink(place.original(), kept.getParent());
        }
        assertThat(media).isDirectoryNotContaining("glob:**/lull-media-*");
        assertThat(folder.take()).isPresent();
        folder.close();

        Files.createDirectories(media.resolve("lull-media-7/a"));
        Files.createSymbolicLink(media.resolve("lull-media-7/a/link"), kept.getParent());
        MediaFolder.open(media, 1);

        assertThat(media).isDirectoryNotContaining("glob:**/lull-media-*");
        assertThat(kept).exists();
    }

    @Test
    void clearsWhatAFormerProcessHasLeftAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("lull-media-7"), "x");
        Files.writeString(directory.resolve("letter"), "x");

        MediaFolder.open(directory, 1);

        assertThat(directory).isDirectoryNotContaining("glob:**/lull-media-*").isNotEmptyDirectory();
    }

    @Test
    void saysThatNoFileCanBeWrittenUntilOneCan() throws IOException {
        Path place = directory.resolve("new");
        MediaFolder folder = MediaFolder.open(place, 1);
        assertThat(folder.problem(1_000)).isEmpty();
        assertThat(folder.problem(Long.MAX_VALUE))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("media.folder: The directory " + place + " cannot be used: only ")
                        .endsWith(" MiB are free"));

        Files.delete(place.resolve("lull.lock"));
        Files.delete(place);
        assertThat(folder.problem(0))
                .hasValue("media.folder: The directory " + place + " cannot be used: it does not exist");

        Files.createDirectory(place);
        assertThat(folder.problem(1_000)).isEmpty();
        assertThat(place).isEmptyDirectory();
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
