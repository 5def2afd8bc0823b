package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What operators ask for, and what of it makes no sense.
final class GapRequestTest {

    @Test
    void asksForAGapAlone() throws UnreadableJson {
        GapRequest request = read("{\"gap\":\"8s\",\"number\":\"106540352242922\",\"by\":\"ana\"}");

        assertThat(request.settings()).containsExactly(new AskedSetting.Gap(Duration.ofSeconds(8)));
        assertThat(request.number()).isEqualTo("106540352242922");
        assertThat(request.by()).isEqualTo("ana");
    }

    @Test
    void asksForTheGapBeforeItsRule() throws UnreadableJson {
        GapRequest request = read(
                "{\"policy\":\"adaptive\",\"lambda\":66,\"floor\":\"3s\",\"cap\":\"PT20S\",\"gap\":\"10s\",\"by\":null}");

        assertThat(request.settings())
                .containsExactly(
                        new AskedSetting.Gap(Duration.ofSeconds(10)),
                        new AskedSetting.Rule(new GapRule(
                                GapRule.Policy.ADAPTIVE, 66.0, Duration.ofSeconds(3), Duration.ofSeconds(20))));
        assertThat(request.settings())
                .extracting(AskedSetting::name, AskedSetting::text)
                .containsExactly(
                        tuple("turn.gap", "10s"), tuple("turn.gap.policy", "adaptive, lambda 66, floor 3s, cap 20s"));
        assertThat(request.by()).isNull();
    }

    @Test
    void asksForARuleWithItsDefaults() throws UnreadableJson {
        assertThat(read("{\"policy\":\"shadow\"}").settings())
                .containsExactly(
                        new AskedSetting.Rule(new GapRule(GapRule.Policy.SHADOW, null, Duration.ofSeconds(2), null)));
        assertThat(read("{\"policy\":\"fixed\"}").settings()).containsExactly(new AskedSetting.Rule(GapRule.FIXED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                           | gap must be a span of time such as 8s; it may be absent only if policy is given
                    {"gap":8}                                    | gap must be a span of time such as 8s
                    {"gap":"soon"}                               | gap must be a span of time such as 250ms, 5s, 2m, 24h or 7d
                    {"gap":"8s","polcy":"fixed"}                 | Unknown name polcy: the body has gap, policy, lambda, floor, cap, number, by
                    {"gap":"8s","number":1}                      | number must be text
                    {"policy":"clever"}                          | A policy is fixed, adaptive or shadow
                    {"gap":"8s","lambda":66}                     | lambda needs policy adaptive or shadow
                    {"policy":"fixed","floor":"2s"}              | floor needs policy adaptive or shadow
                    {"cap":"2s"}                                 | cap needs policy adaptive or shadow
                    {"policy":"adaptive","lambda":"66"}          | lambda must be a number of seconds such as 66
                    {"policy":"adaptive","lambda":0}             | lambda must be from 0.001 to 100000 seconds, but it is 0.0
                    {"policy":"adaptive","lambda":1e-300}        | lambda must be from 0.001 to 100000 seconds, but it is 1.0E-300
                    {"policy":"adaptive","lambda":1e400}         | lambda must be from 0.001 to 100000 seconds, but it is Infinity
                    {"policy":"adaptive","floor":true}           | floor must be a span of time such as 8s
                    {"policy":"adaptive","floor":"21m"}          | The floor of 21m is longer than 20m, the longest that is possible
                    {"policy":"adaptive","cap":"21m"}            | The cap of 21m is longer than 20m, the longest that is possible
                    {"policy":"adaptive","cap":"1s"}             | The cap of 1s is shorter than the floor, which is 2s unless floor is given: give a longer cap or a shorter floor
                    {"policy":"adaptive","floor":"5s","cap":"4s"} | The cap of 4s is shorter than the floor, which is 5s: give a longer cap or a shorter floor
                    {"policy":"adaptive","gap":"8s","floor":"20s"} | The floor of 20s is not shorter than the gap of 8s, so the policy would have no effect: give a shorter floor or a longer gap
                    {"policy":"shadow","gap":"1s"} | The floor of 2s is not shorter than the gap of 1s, so the policy would have no effect: give a shorter floor or a longer gap
                    {"policy":"adaptive","gap":"5s","floor":"25s","cap":"25s"} | The floor of 25s is not shorter than the gap of 5s, so the policy would have no effect: give a shorter floor or a longer gap
                    """)
    void refusesWhatMakesNoSense(String body, String problem) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    private static GapRequest read(String body) throws UnreadableJson {
        return GapRequest.of(Json.tree(body));
    }
}
