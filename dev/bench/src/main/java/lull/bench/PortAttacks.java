package lull.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lull.bench.AttackedPorts.AttackedRoute;
import lull.contract.json.Json;

/// Attacks of callers without any secret on the ports of an installation. Every request must be refused.
final class PortAttacks {

    private static final int LARGE_BYTES = 5_000_000;
    private static final int DOZEN = 12;
    private static final int HELD_BYTES = 41_000;
    private static final int ANNOUNCED_BYTES = 200_000;
    private static final int INNER_BYTES = 500_000;
    private static final int FLOODERS = 16;
    private static final Duration INNER_EVERY = Duration.ofSeconds(5);
    private static final Duration DRIP = Duration.ofMillis(500);

    private final AttackPlan plan;
    private final AttackedPorts ports;
    private final byte[] large;
    private final byte[] envelope;

    /// @param topicArn of the topic that may send
    /// @param snsAddress where certificates of SNS are
    PortAttacks(AttackPlan plan, AttackedPorts ports, String topicArn, String snsAddress) {
        this.plan = plan;
        this.ports = ports;
        this.large = nested(LARGE_BYTES);
        this.envelope = Json.bytes(Map.of(
                "Type",
                "Notification",
                "MessageId",
                "forged",
                "TopicArn",
                topicArn,
                "Message",
                "{}",
                "Timestamp",
                Instant.now().toString(),
                "SignatureVersion",
                "2",
                "Signature",
                "Zm9yZ2Vk",
                "SigningCertURL",
                snsAddress + "/SimpleNotificationService-" + "0".repeat(32) + ".pem"));
    }

    /// Bodies of 5 MB that become large trees: one at each route, and a dozen at the routes for SNS of
    /// ingresses, again and again.
    void largeBodies(Attackers attackers) {
        for (AttackedRoute route : ports.routes()) {
            byte[] request = request(route, large);
            attackers.start(1, route.port(), (connection, _) -> connection.sendForged(request));
        }
        byte[] toSns = request(ports.routes().get(0), large);
        byte[] toClosed = request(ports.routes().get(1), large);
        attackers.start(DOZEN, ports.open(), (connection, _) -> connection.sendForged(toSns));
        attackers.start(DOZEN, ports.closed(), (connection, _) -> connection.sendForged(toClosed));
    }

    /// Bodies that are announced, and of which only the beginning comes.
    void heldBodies(Attackers attackers) {
        AttackedRoute route = ports.routes().get(2);
        byte[] head = head(route, ANNOUNCED_BYTES);
        byte[] beginning = new byte[HELD_BYTES];
        for (int port : ports.ingresses()) {
            attackers.start(plan.connections() / 2, port, (connection, _) -> {
                connection.send(head);
                connection.sendForged(beginning);
            });
        }
    }

    /// Heads and bodies of which a byte comes now and then.
    void slowSenders(Attackers attackers) {
        byte[] head = head(ports.routes().get(2), ANNOUNCED_BYTES);
        int each = Math.max(1, plan.connections() / 4);
        for (int port : ports.ingresses()) {
            attackers.start(each, port, (connection, _) -> {
                connection.send(head);
                drip(attackers, connection);
            });
        }
        int heads = Math.max(1, each / ports.inner().size());
        for (int port : ports.inner()) {
            attackers.start(heads, port, (connection, _) -> {
                connection.send(bytes("GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
                drip(attackers, connection);
            });
        }
        for (int port : ports.ingresses()) {
            attackers.start(each, port, (connection, _) -> {
                connection.send(bytes("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
                drip(attackers, connection);
            });
        }
    }

    /// Connections with large bodies at the ports that are not the ingress's, and clients that do not read
    /// the answers to what they ask.
    void innerPorts(Attackers attackers) {
        int each = Math.clamp(plan.connections() / 4, 1, 120);
        byte[] almost = new byte[INNER_BYTES - 1];
        for (AttackedRoute route : ports.routes()) {
            if (ports.inner().contains(route.port())) {
                byte[] head = head(route, INNER_BYTES);
                attackers.start(each, route.port(), INNER_EVERY, (connection, _) -> {
                    connection.send(head);
                    connection.sendForged(almost);
                });
            }
        }
        byte[] scrapes = bytes("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50));
        for (int port : ports.admin()) {
            attackers.start(DOZEN, port, Duration.ofSeconds(1), (connection, _) -> {
                connection.send(scrapes);
                Thread.sleep(DRIP);
            });
        }
    }

    /// Many small requests: forged signatures, tokens and envelopes.
    void flood(Attackers attackers) {
        List<AttackedRoute> routes = ports.routes();
        Duration every = Duration.ofSeconds(1)
                .multipliedBy((long) FLOODERS * routes.size())
                .dividedBy(plan.flood());
        for (AttackedRoute route : routes) {
            byte[] body = route.path().contains("sns") ? envelope : bytes("{\"object\":\"x\"}");
            byte[] request = request(route, body);
            attackers.start(FLOODERS, route.port(), every, (connection, _) -> connection.sendForged(request));
        }
    }

    /// What is no HTTP, or HTTP that no client sends.
    void malformedRequests(Attackers attackers) {
        List<byte[]> requests = malformed();
        Duration every = Duration.ofSeconds(1)
                .multipliedBy((long) FLOODERS * ports.routes().size())
                .dividedBy(plan.flood());
        for (AttackedRoute route : ports.routes()) {
            attackers.start(
                    FLOODERS / 2,
                    route.port(),
                    every,
                    (connection, round) -> connection.sendForged(requests.get(round % requests.size())));
        }
    }

    private static List<byte[]> malformed() {
        String post = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\n";
        String signed = post + "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";
        return List.of(
                bytes("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
                bytes("\r\n\r\n\r\n\u0000\u0000\u0000\r\n\r\n"),
                bytes("GET / HTTP/9.9\r\n\r\n"),
                bytes("GET /" + "a/..;/".repeat(2_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                bytes(
                        "GET /webhooks/whatsapp?hub.mode=subscribe&hub.challenge=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                bytes(post + "X-Large: " + "a".repeat(100_000) + "\r\n\r\n"),
                bytes(post + "X-Many: a\r\n".repeat(5_000) + "\r\n"),
                bytes(post + "Content-Length: -1\r\n\r\n"),
                bytes(post + "Content-Length: 99999999999999999999\r\n\r\n"),
                bytes(post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
                bytes(signed + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bytes(signed + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
                bytes(signed + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\na\r\n".repeat(5_000) + "0\r\n\r\n"),
                bytes(signed + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\u0000"),
                bytes(signed + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n123456789"));
    }

    private void drip(Attackers attackers, AttackConnection connection) throws IOException, InterruptedException {
        byte[] drop = {'1'};
        while (!attackers.areDone()) {
            connection.send(drop);
            Thread.sleep(DRIP);
        }
    }

    private static byte[] request(AttackedRoute route, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(route, body.length));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] head(AttackedRoute route, int length) {
        return bytes(route.method() + " " + route.path() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                + "\r\nContent-Type: application/json\r\n" + route.forged() + "\r\n");
    }

    /// An array of empty arrays, which takes as a tree many times what it takes as bytes.
    private static byte[] nested(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        body[0] = '[';
        for (int at = 1; at + 5 < length; at += 3) {
            body[at] = '[';
            body[at + 1] = ']';
            body[at + 2] = ',';
        }
        body[length - 3] = '[';
        body[length - 2] = ']';
        body[length - 1] = ']';
        return body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
