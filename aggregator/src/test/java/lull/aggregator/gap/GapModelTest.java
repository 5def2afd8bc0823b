package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GapModelTest {

    private static final GapModel SHIPPED = GapModel.shipped();

    @Test
    void isReadAsItWasWritten() throws UnreadableJson {
        assertThat(GapModel.read(Json.bytes(SHIPPED))).isEqualTo(SHIPPED);
        assertThat(SHIPPED.terms()).extracting(GapModel.Term::feature).containsExactlyElementsOf(Feature.ALL);
    }

    @Test
    void aCutThoughtIsWorthMoreTheLongerTheGapIs() {
        assertThat(List.of(2, 5, 6, 8, 10, 12, 15, 20, 30, 60).stream()
                        .map(seconds -> SHIPPED.like(Duration.ofSeconds(seconds))))
                .isSorted();
        assertThat(SHIPPED.like(Duration.ofSeconds(2))).isEqualTo(SHIPPED.like(Duration.ofSeconds(5)));
        assertThat(SHIPPED.like(Duration.ofSeconds(60))).isEqualTo(SHIPPED.like(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"version\":\"1\",\"terms\":[],\"logOdds\":0,\"logSilence\":0,\"spread\":0,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":1}]}",
                "{\"version\":\"1\",\"terms\":[],\"logOdds\":0,\"logSilence\":0,\"spread\":1,\"likes\":[]}",
                "{\"version\":\"1\",\"terms\":[{\"feature\":\"mood\",\"mean\":0,\"deviation\":1,\"logOdds\":0,\"logSilence\":0}],\"logOdds\":0,\"logSilence\":0,\"spread\":1,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":1}]}",
                "{\"version\":\"1\",\"terms\":[{\"feature\":\"rate\",\"mean\":0,\"deviation\":0,\"logOdds\":0,\"logSilence\":0}],\"logOdds\":0,\"logSilence\":0,\"spread\":1,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":1}]}",
                "{\"version\":\"1\",\"terms\":[],\"logOdds\":0,\"logSilence\":0,\"spread\":1,\"likes\":[{\"gap\":\"PT0S\",\"cutSeconds\":1}]}",
                "{\"version\":\"1\",\"terms\":[],\"logOdds\":1e999,\"logSilence\":0,\"spread\":1,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":1}]}",
                "{\"terms\":[],\"logOdds\":0,\"logSilence\":0,\"spread\":1,\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":1}]}"
            })
    void whatIsNoModelIsRefused(String json) {
        assertThatExceptionOfType(UnreadableJson.class)
                .isThrownBy(() -> GapModel.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
