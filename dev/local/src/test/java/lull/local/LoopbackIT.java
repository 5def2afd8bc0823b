package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody but this machine reaches the local system, whose secrets are published.
@Tag("proof")
@Tag("own-jvm")
final class LoopbackIT {

    @TempDir
    private Path directory;

    @Test
    void listensOnTheLoopbackAddressAlone() throws Exception {
        LocalOptions options = World.options(directory);
        try (Lifecycle components = new Lifecycle()) {
            LocalLull.start(options, Map.of(), Map.of(), components).awaitReady();

            List<Integer> ports = Stream.of(
                            options.ingressPort(),
                            options.aggregatorPort(),
                            options.bridgePort(),
                            options.adminPort(),
                            options.connectPort(),
                            options.graphPort(),
                            options.kafkaPort())
                    .toList();
            assertThat(ports)
                    .allSatisfy(port -> assertThat(isTaken(InetAddress.getLoopbackAddress(), port))
                            .isTrue());
            // A server that listened on all addresses would hold the port on each of them.
            assertThat(ports)
                    .allSatisfy(
                            port -> assertThat(isTaken(otherAddress(), port)).isFalse());
        }
    }

    private static boolean isTaken(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// One of the network's, or another loopback address where there is no network.
    private static InetAddress otherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst()
                .orElse(InetAddress.getByName("127.0.0.2"));
    }
}
