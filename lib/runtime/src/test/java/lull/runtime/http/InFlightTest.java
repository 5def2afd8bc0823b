package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InFlightTest {

    private static final int BUDGET = 1024 * 1024;

    private final InFlight inFlight = new InFlight(BUDGET);

    /// No request waits for room: this thread is told to stop.
    @BeforeEach
    void doNotWait() {
        Thread.currentThread().interrupt();
    }

    @AfterEach
    void goOn() {
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shortBodiesHaveRoomThatBodiesOfAnyOtherLengthDoNotTake() {
        for (int length : new int[] {-1, 9 * 1024, 41_000, 200_000}) {
            fill(length, 1_024);
        }

        assertThat(arrives(700, 700)).isTrue();
        assertThat(arrives(8 * 1024, 8 * 1024)).isTrue();
    }

    @Test
    void shortBodiesDoNotTakeWhatIsForGenuineOnes() {
        fill(8 * 1024, 8 * 1024);

        assertThat(inFlight.bytes()).isEqualTo(BUDGET / 4 * 3);
        InFlight.Reservation genuine = inFlight.enter();
        genuine.genuine();
        assertThat(genuine.more(BUDGET / 4)).isTrue();
    }

    @Test
    void bodiesThatAreNotShortTakeAtMostFiveEighths() {
        fill(60_000, 60_000);
        fill(60_000, 1);

        assertThat(inFlight.bytes()).isEqualTo(BUDGET / 8 * 5);
    }

    /// Bodies of this length arrive, so much of each, until there is no room.
    private void fill(int length, int arrived) {
        int count = 0;
        while (arrives(length, arrived)) {
            count++;
            assertThat(count).isLessThanOrEqualTo(BUDGET);
        }
    }

    private boolean arrives(int length, int arrived) {
        InFlight.Reservation reservation = inFlight.enter();
        reservation.announce(length);
        return reservation.more(arrived);
    }
}
