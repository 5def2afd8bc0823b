package lull.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalOptionsTest {

    private static final LocalOptions FREE = LocalOptions.onFreePorts(Path.of("unused"));

    @Test
    void namesThePortThatIsTakenAndTheOptionThatChoosesAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            LocalOptions options = ports(taken.getLocalPort(), FREE.bridgePort());

            assertThatThrownBy(options::requireFreePorts)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "port " + taken.getLocalPort() + " is in use: choose another with --ingress-port");
        }
    }

    @Test
    void givesNoPortToTwo() {
        LocalOptions options = ports(FREE.adminPort(), FREE.adminPort());

        assertThatThrownBy(options::requireFreePorts)
                .hasMessageContaining("--bridge-port and --ingress-port cannot both be " + FREE.adminPort());
    }

    @Test
    void takesNoNumberThatIsNoPort() {
        LocalOptions options = ports(99_999, FREE.bridgePort());

        assertThatThrownBy(options::requireFreePorts)
                .hasMessageContaining("--ingress-port must be from 0 to 65535 (it is 99999)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999.1.1.1", "192.0.2.1", "no such host", "http://localhost"})
    void namesAnAddressThatThisMachineDoesNotHave(String host) {
        LocalOptions options = at(host, FREE.ingressPort(), FREE.bridgePort());

        assertThatThrownBy(options::requireFreePorts)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(
                        "this machine has no address " + host + " to listen on: choose another with --host");
    }

    private static LocalOptions ports(int ingress, int bridge) {
        return at(FREE.host(), ingress, bridge);
    }

    private static LocalOptions at(String host, int ingress, int bridge) {
        return new LocalOptions(
                host,
                ingress,
                FREE.aggregatorPort(),
                bridge,
                FREE.archivePort(),
                FREE.consolePort(),
                FREE.adminPort(),
                FREE.connectPort(),
                FREE.graphPort(),
                FREE.tryPort(),
                FREE.kafkaPort(),
                FREE.directory(),
                false);
    }
}
