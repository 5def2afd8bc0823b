package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import lull.runtime.CheckResult;
import lull.runtime.CheckResult.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the doctor says about a version, by the day.
final class GraphVersionCheckTest {

    @ParameterizedTest
    @CsvSource({
        "v23.0, 2026-11-29, OK, answered until 2027-10-08",
        "v23.0, 2027-09-09, FAIL, ends on 2027-10-08",
        "v23.0, 2027-10-08, FAIL, ended on 2027-10-08",
        "v20.0, 2026-11-29, FAIL, ended on 2026-09-24",
        "v26.0, 2026-11-29, OK, no announced end",
        "v12.0, 2026-11-29, FAIL, has ended",
        "v99.0, 2026-11-29, UNKNOWN, newer than this release",
    })
    void aVersionIsAnsweredUntilItsEnd(String version, LocalDate today, State state, String words) {
        CheckResult result = GraphVersionCheck.of(version, today);

        assertThat(result.state()).isEqualTo(state);
        assertThat(result.words()).contains(words);
    }
}
