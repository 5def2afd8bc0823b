package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GapModelsTest {

    private static final GapModel SHIPPED = GapModel.shipped();

    @Test
    void theDigestOfAModelIsThatOfItsContent() throws Exception {
        assertThat(own("own-1", -1).digest())
                .hasSize(16)
                .isEqualTo(own("own-1", -1).digest())
                .isNotEqualTo(own("own-1", -2).digest())
                .isNotEqualTo(own("own-2", -1).digest());
        assertThat(GapModel.read(Json.bytes(SHIPPED)).digest()).isEqualTo(SHIPPED.digest());
    }

    @Test
    void knowsTheDigestsOfTheLatestModelsAlsoAfterItWasStored() {
        GapModels models = GapModels.SHIPPED.with(own("own-1", -1)).with(null).with(own("own-2", -2));

        assertThat(models.digests())
                .containsOnlyKeys("own-1", "own-2", SHIPPED.version())
                .containsEntry("own-1", own("own-1", -1).digest())
                .containsEntry(SHIPPED.version(), SHIPPED.digest());
        assertThat(GapModels.of(models.toBytes()).digests()).isEqualTo(models.digests());
    }

    @Test
    void forgetsModelsThatNoSenderCanNameAnyMore() {
        GapModels models = GapModels.SHIPPED;
        for (int change = 1; change <= 100; change++) {
            models = models.with(own("own-" + change, -change));
            assertThat(models.digests()).hasSizeLessThanOrEqualTo(2 * GapModel.SLOTS);
            for (int latest = Math.max(1, change - GapModel.SLOTS + 1); latest <= change; latest++) {
                assertThat(models.digests()).containsKey("own-" + latest);
            }
        }
    }

    /// An earlier version took any finite number, and a partition that cannot read its store stops.
    @ParameterizedTest
    @ValueSource(strings = {"\"spread\":1e-300", "\"spread\":1e300", "\"spread\":0.7,\"logOdds\":1e6"})
    void aStoredModelBeyondTheBoundsGivesWayToTheOneThatLullShips(String instead) {
        GapModels before = GapModels.SHIPPED.with(own("own-1", -1)).with(own("own-2", -1));
        String stored = new String(before.toBytes(), StandardCharsets.UTF_8).replace("\"spread\":0.7", instead);
        assertThat(stored).contains(instead);

        GapModels read = GapModels.of(stored.getBytes(StandardCharsets.UTF_8));

        assertThat(read.current()).isEqualTo(SHIPPED);
        assertThat(read.problem()).isPresent();
        assertThat(before.problem()).isEmpty();
        assertThat(read.version(read.slot())).isEqualTo(SHIPPED.version());
        assertThat(read.version(before.slot())).isEqualTo("own-2");
        assertThat(read.digests()).containsKeys("own-1", SHIPPED.version());
        GapModels again = read.with(own("own-3", -1));
        assertThat(again.current().version()).isEqualTo("own-3");
        assertThat(GapModels.of(again.toBytes()).current()).isEqualTo(again.current());
    }

    /// Only a file must have terms.
    @Test
    void aStoredModelWithoutTermsIsKept() {
        GapModels models = GapModels.SHIPPED.with(own("own-1", -1));

        assertThat(GapModels.of(models.toBytes()).current()).isEqualTo(own("own-1", -1));
    }

    private static GapModel own(String version, double logOdds) {
        return new GapModel(version, List.of(), logOdds, 2, 0.7, SHIPPED.likes());
    }
}
