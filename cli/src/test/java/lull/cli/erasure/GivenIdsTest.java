package lull.cli.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GivenIdsTest {

    @Test
    void idsAreOfTheCustomerUnlessTheyAreMarked() {
        GivenIds ids = GivenIds.parse("+15550001001, US.13491208655302741918\n!15550001002,!+15550001003 ");

        assertThat(ids.ofCustomer()).containsExactlyInAnyOrder("15550001001", "US.13491208655302741918");
        assertThat(ids.ofOthers()).containsExactlyInAnyOrder("15550001002", "15550001003");
        assertThat(GivenIds.parse(" ").ofCustomer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1555 0001001 12", "!", "15550001001,-1", "--phone 15550001001"})
    void whatIsNoIdIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> GivenIds.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be phone numbers")
                .hasMessageNotContaining("1555");
    }

    @Test
    void aLogShowsNoId() {
        assertThat(GivenIds.parse("15550001001,!15550001002")).hasToString("GivenIds[1 of the customer, 1 of others]");
    }
}
