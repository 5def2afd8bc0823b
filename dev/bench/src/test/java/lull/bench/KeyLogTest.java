package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lull.bench.peer.LaneWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyLogTest {

    private static final int KEYS = 3;
    private static final int RECORDS = 20;

    @TempDir
    private Path folder;

    @Test
    void findsNothingWhereEveryRecordComesOnceAndInOrder() throws Exception {
        Path journal = folder.resolve("journal");
        List<KeyedRecord> all = all();
        try (KeyLog log = log(journal.toString())) {
            for (KeyedRecord one : all) {
                log.handle(one.value());
            }

            assertThat(log.handled()).isEqualTo(RECORDS);
            assertThat(log.missing()).isZero();
            assertThat(log.twice()).isZero();
            assertThat(log.disordered()).isZero();
        }
        assertThat(Journal.read(journal)).isEqualTo(all);
    }

    @Test
    void findsWhatIsMissingWhatComesTwiceAndWhatComesTooEarly() throws Exception {
        try (KeyLog log = log(null)) {
            log.handle(new KeyedRecord(0, 1).value());
            log.handle(new KeyedRecord(0, 1).value());
            log.handle(new KeyedRecord(0, 3).value());

            assertThat(log.handled()).isEqualTo(3);
            assertThat(log.missing()).isEqualTo(RECORDS - 3);
            assertThat(log.twice()).isEqualTo(1);
            assertThat(log.disordered()).isEqualTo(1);
        }
    }

    private static List<KeyedRecord> all() {
        List<KeyedRecord> all = new ArrayList<>();
        KeyedRecord.each(KEYS, RECORDS, all::add);
        return all;
    }

    private static KeyLog log(@Nullable String journal) throws Exception {
        return new KeyLog(new LaneWork(
                "group", "topic", KEYS, RECORDS, 0, RECORDS, Duration.ZERO, 1, Duration.ofSeconds(30), journal));
    }
}
