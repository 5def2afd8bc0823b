package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;

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

    private static GapModel own(String version, double logOdds) {
        return new GapModel(version, List.of(), logOdds, 2, 0.7, SHIPPED.likes());
    }
}
