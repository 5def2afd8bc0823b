package lull.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.local.broker.FreePort;
import lull.runtime.CannotStart;
import lull.standins.http.LocalHost;

/// Options of the local system for where it listens and keeps its data. A port of 0 is replaced by a free one.
///
/// @param host the address of this machine on which all ports listen
/// @param directory where broker, aggregator and archive keep their data
/// @param fresh whether that is cleared at the start
public record LocalOptions(
        String host,
        int ingressPort,
        int aggregatorPort,
        int bridgePort,
        int archivePort,
        int consolePort,
        int adminPort,
        int connectPort,
        int graphPort,
        int tryPort,
        int kafkaPort,
        Path directory,
        boolean fresh) {

    /// The address that only this machine reaches.
    static final String LOOPBACK = "127.0.0.1";

    public LocalOptions {
        ingressPort = chosen(ingressPort);
        aggregatorPort = chosen(aggregatorPort);
        bridgePort = chosen(bridgePort);
        archivePort = chosen(archivePort);
        consolePort = chosen(consolePort);
        adminPort = chosen(adminPort);
        connectPort = chosen(connectPort);
        graphPort = chosen(graphPort);
        tryPort = chosen(tryPort);
        kafkaPort = chosen(kafkaPort);
    }

    /// Free ports for everything: for tests.
    public static LocalOptions onFreePorts(Path directory) {
        return new LocalOptions(LOOPBACK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, directory, false);
    }

    /// An address of the local system on one of its ports.
    URI uri(int port, String path) {
        return URI.create("http://" + LocalHost.reachable(host) + ":" + port + path);
    }

    /// Throws [CannotStart] that names every port which cannot be had, and the option that chooses another; so for the
    /// address.
    void requireFreePorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("--ingress-port", ingressPort);
        ports.put("--aggregator-port", aggregatorPort);
        ports.put("--bridge-port", bridgePort);
        ports.put("--archive-port", archivePort);
        ports.put("--console-port", consolePort);
        ports.put("--admin-port", adminPort);
        ports.put("--connect-port", connectPort);
        ports.put("--graph-port", graphPort);
        ports.put("--try-port", tryPort);
        ports.put("--kafka-port", kafkaPort);
        Map<Integer, String> given = new HashMap<>();
        List<String> problems = new ArrayList<>();
        if (!isOfThisMachine(host)) {
            problems.add("this machine has no address " + host + " to listen on: choose another with --host");
        }
        ports.forEach((option, port) -> {
            String other = given.putIfAbsent(port, option);
            if (port < 0 || port > 65_535) {
                problems.add(option + " must be from 0 to 65535 (it is " + port + ")");
            } else if (other != null) {
                problems.add(option + " and " + other + " cannot both be " + port);
            } else if (!FreePort.isFree(port)) {
                problems.add("port " + port + " is in use: choose another with " + option);
            }
        });
        if (!problems.isEmpty()) {
            throw CannotStart.because("The local system cannot start:", problems);
        }
    }

    private static boolean isOfThisMachine(String host) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int chosen(int port) {
        return port == 0 ? FreePort.next() : port;
    }
}
