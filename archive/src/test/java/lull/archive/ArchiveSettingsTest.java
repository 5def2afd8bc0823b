package lull.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import lull.archive.retention.Retention;
import lull.runtime.CannotStart;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchiveSettingsTest {

    @Test
    void readsTimesOfTablesAndKinds() {
        Retention.Options options = ArchiveSettings.retention(Settings.of(
                ArchiveSettings.all(),
                Map.of(
                        "archive.retention", "90d",
                        "archive.retention.tables", "hop=30d, dead_letter = 180d",
                        "archive.retention.kinds", "image=12h")));

        assertThat(options.all()).isEqualTo(Duration.ofDays(90));
        assertThat(options.tables()).isEqualTo(Map.of("hop", Duration.ofDays(30), "dead_letter", Duration.ofDays(180)));
        assertThat(options.kinds()).isEqualTo(Map.of("image", Duration.ofHours(12)));
        assertThat(ArchiveSettings.retention(Settings.of(ArchiveSettings.all(), Map.of()))
                        .tables())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            archive.retention.tables | hop               | must be pairs name=time, each name once
            archive.retention.tables | hop=1d, hop=2d    | must be pairs name=time, each name once
            archive.retention.tables | hop=1d=2d         | must be pairs name=time, each name once
            archive.retention.tables | nothing=1d        | must name tables that have a retention
            archive.retention.tables | consumed_offset=1d| must name tables that have a retention
            archive.retention.tables | hop=soon          | archive.retention.tables
            archive.retention.kinds  | image=-1d         | archive.retention.kinds
            archive.retention        | 1h                | archive.retention
            archive.jdbc.url         | jdbc:mysql://x/y  | must begin with jdbc:postgresql: or jdbc:h2:
            archive.jdbc.url         | jdbc:postgresql://x/y?user=a&password=b | must not have a password
            archive.batch.records    | 0                 | archive.batch.records
            archive.tokens           | two words         | archive.tokens
            """)
    void saysWhatIsWrong(String setting, String value, String problem) {
        assertThatThrownBy(() -> Settings.of(ArchiveSettings.all(), Map.of(setting, value)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("password=b");
    }
}
