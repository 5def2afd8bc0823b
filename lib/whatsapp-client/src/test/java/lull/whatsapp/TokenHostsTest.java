package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenHostsTest {

    private static final List<String> HOSTS = List.of("lookaside.fbsbx.com", ".whatsapp.net");

    @ParameterizedTest
    @CsvSource({
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1, true",
        "https://LOOKASIDE.fbsbx.com/a, true",
        "https://mmg.whatsapp.net/a, true",
        "https://graph.facebook.com/a, true",
        "http://lookaside.fbsbx.com/a, false",
        "https://whatsapp.net/a, false",
        "https://evilwhatsapp.net/a, false",
        "https://lookaside.fbsbx.com.example.org/a, false",
        "https://lookaside.fbsbx.com@example.org/a, false",
        "https://user@lookaside.fbsbx.com/a, false",
        "https://169.254.169.254/latest/meta-data, false",
        "http://localhost:8091/a, false",
        "http://127.0.0.1/a, false",
        "https://localhost/a, false",
        "ftp://lookaside.fbsbx.com/a, false",
        "//lookaside.fbsbx.com/a, false",
        "not an address, false"
    })
    void theTokenGoesByTlsToWhatsAppAlone(String address, boolean isAllowed) {
        TokenHosts hosts = new TokenHosts(URI.create("https://graph.facebook.com"), HOSTS);

        assertThat(hosts.address(address).isPresent()).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8091/a, true",
        "http://127.0.0.1:9/a, true",
        "http://example.org/a, false",
        "https://lookaside.fbsbx.com/a, true"
    })
    void inTheLocalSystemItStaysOnTheMachine(String address, boolean isAllowed) {
        TokenHosts hosts = new TokenHosts(URI.create("http://localhost:8091"), HOSTS);

        assertThat(hosts.address(address).isPresent()).isEqualTo(isAllowed);
    }
}
