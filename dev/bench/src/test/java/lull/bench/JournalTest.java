package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

    private static final int[] COUNTS = {3, 1};

    @TempDir
    private Path folder;

    @Test
    void whatEveryKeyHadInOrderIsFlawless() {
        assertThat(Journal.verdict(
                        COUNTS,
                        List.of(
                                List.of(one(0, 1), one(1, 1), one(0, 2)),
                                // It goes on at what was committed, and repeats what was not.
                                List.of(one(0, 2), one(0, 3)))))
                .isEqualTo(new Journal.Verdict(0, 1, 0));
    }

    @Test
    void whatNobodyHandledIsLost() {
        assertThat(Journal.verdict(COUNTS, List.of(List.of(one(0, 1)), List.of(one(0, 2)))))
                .isEqualTo(new Journal.Verdict(2, 0, 0));
    }

    @Test
    void whatComesBeforeItsPredecessorIsOutOfOrder() {
        assertThat(Journal.verdict(COUNTS, List.of(List.of(one(1, 1), one(0, 2)), List.of(one(0, 1), one(0, 3)))))
                .isEqualTo(new Journal.Verdict(0, 0, 2));
    }

    @Test
    void whatWasCutOffDoesNotCount() throws IOException {
        Path file = folder.resolve("journal");
        Files.write(file, Journal.bytes(one(7, 2)).array());
        Files.write(file, new byte[] {0, 0, 1}, StandardOpenOption.APPEND);

        assertThat(Journal.read(file)).containsExactly(one(7, 2));
        assertThat(Journal.count(file)).isEqualTo(1);
        assertThat(Journal.read(folder.resolve("none"))).isEmpty();
    }

    private static KeyedRecord one(int key, int number) {
        return new KeyedRecord(key, number);
    }
}
