package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Sha256Test {

    /// The example of FIPS 180-2.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheStandardsDigest() {
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);

        assertThat(Sha256.hex("abc")).isEqualTo(ABC);
        assertThat(Sha256.hex(bytes)).isEqualTo(ABC);
        assertThat(Sha256.of("abc")).isEqualTo(HexFormat.of().parseHex(ABC));
        assertThat(Sha256.of(bytes)).isEqualTo(Sha256.digest().digest(bytes));
    }
}
