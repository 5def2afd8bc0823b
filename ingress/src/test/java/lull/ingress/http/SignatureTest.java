package lull.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignatureTest {

    /// Test case 2 of RFC 4231.
    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);

    private static final String DIGEST = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void recognisesTheHmacOfTheRawBytes() {
        Signature signature = Signature.parse("sha256=" + DIGEST).orElseThrow();

        assertThat(signature.signs(BODY, new AppSecrets(List.of("Jefe")))).isTrue();
        assertThat(signature.signs(BODY, new AppSecrets(List.of("jefe")))).isFalse();
        assertThat(signature.signs(BODY, new AppSecrets(List.of()))).isFalse();
        assertThat(signature.signs(new byte[0], new AppSecrets(List.of("Jefe"))))
                .isFalse();
    }

    @Test
    void takesAnyOfTheSecretsWhileTheyAreRotated() {
        Signature signature = Signature.parse("sha256=" + DIGEST).orElseThrow();

        assertThat(signature.signs(BODY, new AppSecrets(List.of("new", "Jefe"))))
                .isTrue();
        assertThat(signature.signs(BODY, new AppSecrets(List.of("Jefe", "new"))))
                .isTrue();
    }

    @Test
    void refusesAHeaderThatIsNotOfItsForm() {
        for (@Nullable
        String header : new @Nullable String[] {
            null, "", "sha256=", DIGEST, "sha1=" + DIGEST, "sha256=" + DIGEST + "00", "sha256=" + "z".repeat(64)
        }) {
            assertThat(Signature.parse(header)).isEqualTo(Optional.empty());
        }
    }
}
