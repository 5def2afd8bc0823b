package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneFormsTest {

    @ParameterizedTest
    @CsvSource({
        "551187654321, 5511987654321",
        "556261234567, +5562961234567",
        "525512345678, 5215512345678",
        "541155501234, 5491155501234"
    })
    void theFormsOfOneNumberAreEqual(String shorter, String longer) {
        assertThat(PhoneForms.certain(longer)).isEqualTo(shorter).isEqualTo(PhoneForms.certain(shorter));
        assertThat(PhoneForms.possible(longer)).isEqualTo(shorter);
    }

    /// 11 3456-7890 is a land line in São Paulo, and 11 93456-7890 somebody's mobile phone.
    @Test
    void aLandLineIsNotTakenForAMobilePhone() {
        assertThat(PhoneForms.certain("5511934567890")).isNotEqualTo(PhoneForms.certain("551134567890"));
        assertThat(PhoneForms.possible("5511934567890")).isEqualTo(PhoneForms.possible("551134567890"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "15551234567", "491711234567", "5511", "US.5511987654321", "group:5215512345678", "52155"})
    void everythingElseStaysAsItIs(String id) {
        assertThat(PhoneForms.certain(id)).isEqualTo(id);
        assertThat(PhoneForms.possible(id)).isEqualTo(id);
    }
}
