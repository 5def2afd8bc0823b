package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CustomerTest {

    @Test
    void isCompletedByWhatEarlierMessagesSaid() {
        Customer earlier = new Customer("US.1", "1555", "Ana", "US.ENT.1", "ana");

        assertThat(new Customer(null, "1555", null).completedBy(earlier)).isEqualTo(earlier);
        assertThat(new Customer("US.1", null, null).completedBy(earlier)).isEqualTo(earlier);
        assertThat(new Customer("US.1", "1666", "Ann").completedBy(earlier))
                .isEqualTo(new Customer("US.1", "1666", "Ann", "US.ENT.1", "ana"));
    }

    @Test
    void takesNoIdOfSomebodyElse() {
        Customer earlier = new Customer("US.1", "1555", "Ana");

        assertThat(new Customer("US.2", null, null).completedBy(earlier)).isEqualTo(new Customer("US.2", null, "Ana"));
        assertThat(new Customer(null, "1666", null).completedBy(earlier)).isEqualTo(new Customer(null, "1666", "Ana"));
        assertThat(new Customer("US.2", "1555", null).completedBy(earlier))
                .isEqualTo(new Customer("US.2", "1555", "Ana"));
    }
}
