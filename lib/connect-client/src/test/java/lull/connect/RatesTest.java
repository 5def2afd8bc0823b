package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lull.connect.Rates.Paced;
import lull.connect.Rates.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RatesTest {

    @Test
    void theDefaultHasEveryOperation() {
        assertThat(Rates.of(Rates.DEFAULT).allowed()).containsOnlyKeys(Paced.values());
    }

    @Test
    void readsWhatIsSaid() {
        assertThat(Rates.of("SendMessage=0.5/3").allowed()).isEqualTo(Map.of(Paced.SEND_MESSAGE, new Rate(0.5, 3)));
        assertThat(Rates.of("none").allowed()).isEmpty();
    }

    @Test
    void bridgesShareTheRates() {
        assertThat(Rates.of("SendMessage=10/15,StartChatContact=5/1").part(4).allowed())
                .isEqualTo(Map.of(Paced.SEND_MESSAGE, new Rate(2.5, 3), Paced.START_CHAT, new Rate(1.25, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SendMessage",
                "SendMessage=10",
                "SendMessage=x/5",
                "SendMessage=0/5",
                "SendMessage=10/0",
                "SendMessage=NaN/5",
                "Nonsense=10/5",
                "SendMessage=1/1,SendMessage=2/2"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Rates.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ");
    }
}
