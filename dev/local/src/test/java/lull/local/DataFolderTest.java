package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void nameTheFolder() {
        directory = parent.resolve("data");
    }

    @Test
    void isTakenByOneAtATime() throws IOException {
        try (DataFolder _ = DataFolder.take(directory)) {
            assertThatThrownBy(() -> DataFolder.take(directory))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is in use by another")
                    .hasMessageContaining("--data");
        }

        DataFolder.take(directory).close();
    }

    @Test
    void marksANewFolderAndClearsItLater() throws IOException {
        try (DataFolder _ = DataFolder.take(directory)) {
            write("kafka/log/segment", "state/lull-turns/0_0/rocksdb", "archive/archive.mv.db", "notes.txt");
        }

        clear();

        assertThat(directory.resolve("kafka")).doesNotExist();
        assertThat(directory.resolve("state")).doesNotExist();
        assertThat(directory.resolve("archive")).doesNotExist();
        assertThat(directory.resolve("notes.txt")).exists();
    }

    @Test
    void marksAnEmptyFolder() throws IOException {
        Files.createDirectories(directory);
        DataFolder.take(directory).close();
        write("kafka/log/segment");

        clear();

        assertThat(directory.resolve("kafka")).doesNotExist();
    }

    @Test
    void keepsTheMarkOverEveryRun() throws IOException {
        DataFolder.take(directory).close();
        write("kafka/log/segment");
        DataFolder.take(directory).close();
        clear();
        write("kafka/log/segment");

        clear();

        assertThat(directory.resolve("kafka")).doesNotExist();
    }

    @Test
    void deletesNothingInAFolderThatOthersUse() throws IOException {
        write("kafka/invoices.txt", "state/letters.txt", "archive/letters.txt");

        assertRefused("has no file lull-data-folder.txt", "delete them yourself", "--data");
    }

    @Test
    void deletesNothingInAFolderOfAnEarlierVersionAndSaysHowToGoOn() throws IOException {
        write("in-use.lock", "kafka/log/meta.properties", "state/lull-turns/0_0/rocksdb");

        assertRefused("or an earlier version did", "delete them yourself and start without --fresh");

        Files.delete(directory.resolve("kafka/log/meta.properties"));
        Files.delete(directory.resolve("kafka/log"));
        Files.delete(directory.resolve("kafka"));
        Files.delete(directory.resolve("state/lull-turns/0_0/rocksdb"));
        Files.delete(directory.resolve("state/lull-turns/0_0"));
        Files.delete(directory.resolve("state/lull-turns"));
        Files.delete(directory.resolve("state"));
        DataFolder.take(directory).close();
        write("kafka/log/meta.properties");
        clear();
        assertThat(directory.resolve("kafka")).doesNotExist();
    }

    @Test
    void doesNotMarkAFolderThatOthersUseByStartingInIt() throws IOException {
        write("kafka/invoices.txt");
        DataFolder.take(directory).close();

        assertRefused("has no file lull-data-folder.txt");
    }

    @Test
    void doesNotBelieveAnotherFileOfTheSameName() throws IOException {
        write("kafka/invoices.txt");
        Files.writeString(directory.resolve(DataFolder.MARK), "About my data folders");

        assertRefused("has no file lull-data-folder.txt");
    }

    @Test
    void doesNotBelieveAMarkThatIsALink() throws IOException {
        Path other = parent.resolve("other");
        DataFolder.take(other).close();
        write("kafka/invoices.txt");
        Files.createSymbolicLink(directory.resolve(DataFolder.MARK), other.resolve(DataFolder.MARK));

        assertRefused("has no file lull-data-folder.txt");
    }

    @Test
    void deletesNothingThroughAFolderThatIsALink() throws IOException {
        Path real = parent.resolve("real");
        DataFolder.take(real).close();
        Files.createDirectories(real.resolve("kafka/log"));
        Files.createSymbolicLink(directory, real);

        assertRefused("it is a symbolic link", "--data");
        assertThat(real.resolve("kafka/log")).exists();
    }

    @Test
    void deletesNothingThroughADataFolderThatIsALink() throws IOException {
        Path elsewhere = Files.createDirectories(parent.resolve("elsewhere/log"));
        DataFolder.take(directory).close();
        write("state/lull-turns/0_0/rocksdb");
        Files.createSymbolicLink(directory.resolve("kafka"), elsewhere.getParent());

        assertRefused("is no folder, or a link to one");
        assertThat(elsewhere).exists();
    }

    @Test
    void removesLinksButNotWhatTheyPointTo() throws IOException {
        Path letters = Files.createDirectories(parent.resolve("letters"));
        Files.writeString(letters.resolve("letter.txt"), "Dear");
        DataFolder.take(directory).close();
        write("kafka/log/segment");
        Files.createSymbolicLink(directory.resolve("kafka/log/letters"), letters);
        Files.createSymbolicLink(directory.resolve("kafka/log/letter"), letters.resolve("letter.txt"));

        clear();

        assertThat(directory.resolve("kafka")).doesNotExist();
        assertThat(letters.resolve("letter.txt")).hasContent("Dear");
    }

    @Test
    void marksAFolderWhoseFirstStartWasCutOff() throws IOException {
        write("in-use.lock", DataFolder.MARK);
        DataFolder.take(directory).close();
        write("kafka/log/segment");

        clear();

        assertThat(directory.resolve("kafka")).doesNotExist();
    }

    @Test
    void saysWhyAFolderCannotBeUsed() throws IOException {
        Files.writeString(directory, "A file");

        assertThatThrownBy(() -> DataFolder.take(directory))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("the data folder " + directory + " cannot be used")
                .hasMessageContaining("--data");
    }

    private void clear() throws IOException {
        try (DataFolder folder = DataFolder.take(directory)) {
            folder.clear();
        }
    }

    private void assertRefused(String... sentences) throws IOException {
        long before = count();
        try (DataFolder folder = DataFolder.take(directory)) {
            assertThatThrownBy(folder::clear)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("--fresh deletes nothing in " + directory)
                    .message()
                    .contains(sentences);
        }
        assertThat(count()).isGreaterThanOrEqualTo(before);
    }

    private long count() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.count();
        }
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "data");
        }
    }
}
