package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CircuitTest {

    private final Circuit circuit = new Circuit(new CircuitPolicy(3, Duration.ofSeconds(2), Duration.ofSeconds(5)));

    @Test
    void opensAfterSomeFailuresInARow() {
        assertThat(circuit.failed(at(0))).isFalse();
        assertThat(circuit.failed(at(0))).isFalse();
        assertThat(circuit.answered()).isFalse();
        assertThat(circuit.failed(at(1))).isFalse();
        assertThat(circuit.failed(at(1))).isFalse();
        assertThat(circuit.ask(at(1))).isZero();

        assertThat(circuit.failed(at(1))).isTrue();
        assertThat(circuit.ask(at(1))).isEqualTo(Duration.ofSeconds(2));
        assertThat(circuit.ask(at(2))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void letsOneTryAtATimeAndWaitsLongerAfterEachThatFails() {
        open();

        assertThat(circuit.ask(at(2))).isZero();
        assertThat(circuit.ask(at(2))).as("another one meanwhile").isEqualTo(Duration.ofSeconds(2));
        circuit.failed(at(3));
        assertThat(circuit.ask(at(3))).isEqualTo(Duration.ofSeconds(4));

        assertThat(circuit.ask(at(7))).isZero();
        circuit.failed(at(7));
        assertThat(circuit.ask(at(7))).as("at most").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatWasUnderWayWhenItOpenedMakesNothingLonger() {
        open();
        circuit.failed(at(1));
        circuit.failed(at(1));

        assertThat(circuit.ask(at(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aTryThatNeverEndsIsFollowedByAnother() {
        open();

        assertThat(circuit.ask(at(2))).isZero();
        assertThat(circuit.ask(at(4))).isZero();
    }

    @Test
    void closesWithTheFirstAnswerAndStartsAnew() {
        open();
        circuit.ask(at(2));

        assertThat(circuit.answered()).isTrue();
        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.ask(at(2))).isZero();
        assertThat(circuit.failed(at(2))).isFalse();
    }

    @Test
    void neverOpensWhereItIsSwitchedOff() {
        Circuit never = new Circuit(new CircuitPolicy(0, Duration.ofSeconds(2), Duration.ofSeconds(5)));
        for (int i = 0; i < 100; i++) {
            assertThat(never.failed(at(0))).isFalse();
        }
        assertThat(never.ask(at(0))).isZero();
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            circuit.failed(at(0));
        }
        assertThat(circuit.isOpen()).isTrue();
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
