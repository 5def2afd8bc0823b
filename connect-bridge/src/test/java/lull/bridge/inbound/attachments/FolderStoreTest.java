package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FolderStoreTest {

    private static final URI BASE = URI.create("https://files.example/whatsapp");
    private static final String KEY = "k".repeat(43);

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aFileLiesUnderItsKeyAndNameAndKeptAgainIsOneFile() throws IOException {
        FolderStore store = open();

        FileStore.Kept kept = store.keep(file("first"), label(KEY));
        assertThat(store.keep(file("again"), label(KEY))).isEqualTo(kept);

        assertThat(kept)
                .isEqualTo(
                        new FileStore.Kept.At(URI.create("https://files.example/whatsapp/" + KEY + "/my%20file.ogg")));
        assertThat(files()).containsExactly(KEY + "/my file.ogg");
        assertThat(directory.resolve("store").resolve(KEY).resolve("my file.ogg"))
                .hasContent("again");
    }

    @Test
    void aFolderThatCannotBeUsedIsNamedWithItsSettingAndTheReason() throws IOException {
        Path folder = directory.resolve("store");
        FolderStore store = open();
        assertThat(store.problem()).isEmpty();
        assertThat(folder).isEmptyDirectory();

        Files.delete(folder);
        Files.writeString(folder, "a file");

        String words = "store.folder: The directory " + folder + " cannot be used: it is a file, not a directory";
        assertThat(store.problem()).hasValue(words);
        assertThat(store.keep(file("x"), label(KEY))).isEqualTo(new FileStore.Kept.Retry(words));
        assertThatExceptionOfType(CannotStart.class).isThrownBy(this::open).withMessage(words);
    }

    @Test
    void filesThatAreTooOldGoWhenANewOneComesAtMostOnceAnHourAndNothingElseDoes() throws IOException {
        FolderStore store = open();
        Path others = Files.createDirectories(directory.resolve("store").resolve("others"));
        age(others);
        store.keep(file("x"), label(KEY));
        age(directory.resolve("store").resolve(KEY));

        store.keep(file("x"), label("n".repeat(43)));
        assertThat(files()).contains(KEY + "/my file.ogg");
        now = now.plus(Duration.ofMinutes(61));
        store.keep(file("x"), label("m".repeat(43)));

        assertThat(files()).containsExactlyInAnyOrder("n".repeat(43) + "/my file.ogg", "m".repeat(43) + "/my file.ogg");
        assertThat(others).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".. | file",
                ". | file",
                "... | file",
                "`` | file",
                "` . ` | file",
                "../../../etc/passwd | _.._.._etc_passwd",
                "a/.. | a_",
                "..\\..\\a.pdf | _.._a.pdf",
                ".htaccess | htaccess",
                ".half-1 | half-1",
                "bill.pdf. | bill.pdf",
                "a\u0000b.pdf | a_b.pdf",
                "con/../x | con_.._x",
            })
    void noNameLeadsOutOfItsFolderOrIsHidden(String name, String lies) throws IOException {
        FolderStore store = open();
        FileStore.Label label = new FileStore.Label(KEY, name, "application/pdf");

        assertThat(store.keep(file("x"), label)).isInstanceOf(FileStore.Kept.At.class);
        assertThat(store.keep(file("x"), label)).isInstanceOf(FileStore.Kept.At.class);

        assertThat(files()).containsExactly(KEY + "/" + lies);
    }

    @Test
    void aCopyThatFailsLeavesNoHalf() throws IOException {
        FolderStore store = open();
        Path place = Files.createDirectories(directory.resolve("store").resolve(KEY));
        // In the way of the file: it can be copied and not be moved.
        Files.createDirectories(place.resolve("my file.ogg").resolve("in the way"));

        assertThat(store.keep(file("x"), label(KEY))).isInstanceOf(FileStore.Kept.Retry.class);

        assertThat(place).isDirectoryNotContaining("glob:**half*");
    }

    @Test
    void halvesOfAProcessThatWasKilledGoAtTheStart() throws IOException {
        open();
        Path place = Files.createDirectories(directory.resolve("store").resolve(KEY));
        Path old = Files.writeString(place.resolve(".half-old"), "x");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));
        Path young = Files.writeString(place.resolve(".half-young"), "x");
        Files.setLastModifiedTime(young, FileTime.from(now));
        Files.setLastModifiedTime(place, FileTime.from(now));

        open();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldOf() throws IOException {
        FolderStore store = open();
        Files.delete(directory.resolve("store"));
        Files.writeString(directory.resolve("store"), "in the way");

        assertThat(store.keep(file("x"), label(KEY))).isInstanceOf(FileStore.Kept.Retry.class);
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("store");
    }

    private FolderStore open() {
        return FolderStore.open(directory.resolve("store"), BASE, Duration.ofDays(30), () -> now);
    }

    private void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(31))));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file"), content);
    }

    private List<String> files() throws IOException {
        Path store = directory.resolve("store");
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> store.relativize(file).toString())
                    .toList();
        }
    }

    private static FileStore.Label label(String key) {
        return new FileStore.Label(key, "my file.ogg", "audio/ogg");
    }
}
