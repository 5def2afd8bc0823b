package lull.runtime.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Address on which a server of this process listens, with the setting that chooses its port.
/// Immutable.
///
/// @param host empty for all network interfaces
/// @param port 0 for a free one
/// @param setting the name of the port's setting
/// @param hostSetting the name of the host's setting
public record ListenAddress(String host, int port, String setting, String hostSetting) {

    /// Returns the address that the settings name.
    ///
    /// @param host the setting of this port's own host, which overrides the one of all ports
    public static ListenAddress of(Settings settings, Setting<Optional<String>> host, Setting<Integer> port) {
        return of(settings, host, settings.get(port), port.name());
    }

    /// Returns the address with a port that one of several settings may choose.
    ///
    /// @param host the setting of this port's own host, which overrides the one of all ports
    /// @param setting the one by which an operator chooses another
    public static ListenAddress of(Settings settings, Setting<Optional<String>> host, int port, String setting) {
        Optional<String> own = settings.get(host);
        return own.isPresent()
                ? new ListenAddress(own.get(), port, setting, host.name())
                : new ListenAddress(settings.get(HttpSettings.HOST), port, setting, HttpSettings.HOST.name());
    }

    /// Returns the address of a free port on this machine's loopback address: for tests.
    public static ListenAddress free() {
        return new ListenAddress("127.0.0.1", 0, "port", "host");
    }

    /// Starts a server here. Throws [CannotStart] with a sentence for operators if the address cannot be used.
    public <T> T start(Supplier<T> server) {
        // Checked first, because servers log a stack trace of their own when they fail.
        try (ServerSocket _ = bound()) {
            // The address can be used.
        } catch (IOException e) {
            throw new CannotStart(words(e), e);
        }
        try {
            return server.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException taken) {
                    throw new CannotStart(words(taken), e);
                }
            }
            throw e;
        }
    }

    private ServerSocket bound() throws IOException {
        InetSocketAddress address =
                host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(host), port);
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String words(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException || message.contains("assign requested address")) {
            return "This machine has no address " + host + " to listen on: correct " + hostSetting
                    + ", or leave it empty to listen on all addresses";
        }
        if (message.contains("ermission")) {
            return "Port " + port + " (" + setting
                    + ") may not be used by this user: set it to a port above 1023, or grant the permission";
        }
        return "Port " + port + " (" + setting + ") is in use by another process: stop that process, or set " + setting
                + " to another port";
    }
}
