package lull.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The HTTP ports of an installation that is attacked, all on the loopback address of this machine.
///
/// @param open the ingress whose route for SNS is configured
/// @param closed the ingress whose route for SNS is not configured
/// @param sns the bridge's port for SNS
/// @param operators the aggregator's port
/// @param admin the admin port of each process
record AttackedPorts(int open, int closed, int sns, int operators, List<Integer> admin) {

    AttackedPorts {
        admin = List.copyOf(admin);
    }

    /// A route and its port.
    ///
    /// @param method and path, as they are in the first line of a request
    /// @param forged headers of a request that nobody may believe, each with its line end
    record AttackedRoute(int port, String method, String path, String forged) {}

    private static final String SIGNATURE = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";
    private static final String TOKEN = "Authorization: Bearer guessed\r\n";

    /// All routes that take bodies.
    List<AttackedRoute> routes() {
        return Stream.concat(
                        Stream.of(
                                new AttackedRoute(open, "POST", "/webhooks/sns", ""),
                                new AttackedRoute(closed, "POST", "/webhooks/sns", ""),
                                new AttackedRoute(open, "POST", "/webhooks/whatsapp", SIGNATURE),
                                new AttackedRoute(closed, "POST", "/webhooks/whatsapp/other", SIGNATURE),
                                new AttackedRoute(open, "POST", "/replies", TOKEN),
                                new AttackedRoute(sns, "POST", "/sns/connect", ""),
                                new AttackedRoute(operators, "PUT", "/gaps/whatsapp.message.received", TOKEN)),
                        admin.stream().map(port -> new AttackedRoute(port, "POST", "/metrics", "")))
                .toList();
    }

    /// Both ingresses.
    List<Integer> ingresses() {
        return List.of(open, closed);
    }

    /// The ports that are not for the internet, and the bridge's.
    List<Integer> inner() {
        return IntStream.concat(IntStream.of(sns, operators), admin.stream().mapToInt(port -> port))
                .boxed()
                .toList();
    }
}
