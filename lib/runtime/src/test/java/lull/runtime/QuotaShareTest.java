package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuotaShareTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void theMinimumCountsUntilTheNumberIsKnownAndIfThereAreFewer() {
        QuotaShare share = followed(2);
        assertThat(told).containsExactly("2");

        share.alive(1);
        share.alive(3);
        share.alive(1);

        assertThat(told).containsExactly("2", "2 joined", "3", "2");
        assertThat(share.processes()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstNumberMeansThatThisProcessHasJoined() {
        QuotaShare share = followed(1);

        share.alive(3);
        share.alive(3);
        share.alive(2);

        assertThat(told).containsExactly("1", "3 joined", "2");
    }

    @Test
    void aProcessThatWasAloneHasNotJoinedOthersThatComeLater() {
        QuotaShare share = followed(1);

        share.alive(1);
        share.alive(2);

        assertThat(told).containsExactly("1", "2");
    }

    @Test
    void somebodyHasTheQuota() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuotaShare(0));
    }

    private QuotaShare followed(int atLeast) {
        QuotaShare share = new QuotaShare(atLeast);
        share.addListener((processes, hasJoined) -> told.add(processes + (hasJoined ? " joined" : "")));
        return share;
    }
}
