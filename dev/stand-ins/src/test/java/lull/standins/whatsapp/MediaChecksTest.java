package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaRulesTest {

    @ParameterizedTest
    @CsvSource({
        "image/png, 5242880",
        "image/webp, 512000",
        "audio/ogg; codecs=opus, 16777216",
        "VIDEO/MP4, 16777216",
        "text/plain, 104857600",
        "application/pdf, 104857600"
    })
    void filesAreTakenUpToASizeThatTheirTypeHas(String type, long largest) {
        assertThatCode(() -> MediaChecks.check(type, largest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> MediaChecks.check(type, largest + 1))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("131053");
    }

    @ParameterizedTest
    @CsvSource({"image/heic", "text/csv", "video/quicktime", "''"})
    void otherTypesAreNotTaken(String type) {
        assertThatThrownBy(() -> MediaChecks.check(type, 1))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("131053");
    }
}
