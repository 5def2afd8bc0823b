package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocalHostTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8082, true",
        "http://LOCALHOST, true",
        "http://127.0.0.1:1/a, true",
        "http://127.8.9.1, true",
        "http://[::1]:8082, true",
        "http://10.255.255.1, false",
        "http://localhost.example.org, false",
        "http://127.0.0.1.example.org, false",
        "http://user@example.org, false",
        "http://127.1, false",
        "mailto:localhost, false"
    })
    void onlyWhatIsOnThisMachineForSure(String address, boolean isLocal) {
        assertThat(LocalHost.isAt(URI.create(address))).isEqualTo(isLocal);
    }

    @Test
    void theAddressesOfThisMachineAreOnIt() throws Exception {
        String host = InetAddress.getLocalHost().getHostAddress();

        assertThat(LocalHost.isAt(URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":1")))
                .isTrue();
    }
}
