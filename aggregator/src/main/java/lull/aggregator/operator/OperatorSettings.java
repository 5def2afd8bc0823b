package lull.aggregator.operator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import lull.runtime.http.TlsSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;

/// Settings of the port at which operators read and change gaps.
public final class OperatorSettings {

    public static final Setting<Integer> PORT =
            Setting.number("aggregator.port", 8082, 0, 65535, "Port of the operators' API; 0 picks a free port");

    public static final Setting<Optional<String>> ADVERTISED = Formats.HOST_AND_PORT.ofOptional(Setting.optional(
            "aggregator.advertised",
            "Address at which other instances and operators reach the operators' API of this instance, as"
                    + " host:port; empty means the address of this machine and aggregator.port"));

    public static final Setting<List<String>> TOKENS = Formats.TOKEN.ofEach(Setting.list(
                    "aggregator.tokens",
                    "",
                    "Tokens of operators, who may query and change gaps, separated by commas. Any of them is"
                            + " accepted, so that they can be rotated. Without tokens the operators' API is closed."
                            + " All instances need the same tokens")
            .secret());

    /// TLS at that port.
    public static final TlsSettings TLS = TlsSettings.of(
            "aggregator",
            "the operators' API is served over TLS, and the other instances are called over TLS. All instances need"
                    + " one, with a certificate for the host in aggregator.advertised that this JVM trusts");

    public static final Setting<Boolean> PLAIN_PEERS = Setting.flag(
            "aggregator.peers.plain",
            false,
            "Whether the operators' token is sent to instances on other machines without TLS, so that anyone on the"
                    + " network between them can read it. If it is false and aggregator.tls.keystore is not set,"
                    + " only instances on this machine are called, and the gaps of the others are shown as unknown");

    public static final Setting<Duration> PEERS_TIMEOUT = Setting.duration(
            "aggregator.peers.timeout",
            "2s",
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            "How long the other instances may take to answer; the gaps of those that do not are shown as unknown");

    /// All settings.
    public static final List<Setting<?>> ALL = Stream.of(
                    List.of(PORT, ADVERTISED, TOKENS), TLS.all(), List.of(PLAIN_PEERS, PEERS_TIMEOUT))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private OperatorSettings() {}

    /// How instances connect to one another.
    public static Peers.Transport transport(Settings settings) {
        return new Peers.Transport(TLS.isSet(settings), settings.get(PLAIN_PEERS), settings.get(PEERS_TIMEOUT));
    }

    /// Returns the address at which this instance's port is reached.
    ///
    /// @param port the actual port, once it is known
    public static HostInfo advertised(Settings settings, int port) {
        Optional<String> said = settings.get(ADVERTISED);
        try {
            return said.isPresent()
                    ? HostInfo.buildFromEndpoint(said.get())
                    : new HostInfo(InetAddress.getLocalHost().getHostAddress(), port);
        } catch (ConfigException e) {
            throw new CannotStart(ADVERTISED.name() + " must be host:port", e);
        } catch (UnknownHostException e) {
            throw new CannotStart("The address of this machine is not known: set " + ADVERTISED.name(), e);
        }
    }
}
