package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `lull gap show` makes of the answers of aggregators.
final class GapShowCommandTest {

    /// As an aggregator answered before there were policies.
    private static final String WITHOUT_POLICIES = """
            [{"topic":"whatsapp.message.received",
              "gaps":[{"configured":"PT5S","inForce":{"0":"PT8S","1":"PT8S"}},
                      {"businessNumber":"106540352242922","configured":"PT0S","inForce":{"0":"PT0S","1":"PT0S"}}],
              "unknownPartitions":%s}]
            """;

    private static final String POLICIES = """
            [{"topic":"whatsapp.message.received",
              "gaps":[{"configured":"PT5S","inForce":{"0":"PT5S","1":"PT5S"},
                       "configuredRule":{"policy":"fixed","floor":"PT2S"},
                       "rules":{"0":{"policy":"adaptive","floor":"PT2S"},"1":{"policy":"adaptive","floor":"PT2S"}}},
                      {"businessNumber":"1","configured":"PT0S","inForce":{"0":"PT0S","1":"PT0S"},
                       "configuredRule":{"policy":"fixed","floor":"PT2S"},
                       "rules":{"0":{"policy":"adaptive","floor":"PT2S"},"1":{"policy":"adaptive","floor":"PT2S"}}},
                      {"businessNumber":"2","configured":"PT5S","inForce":{"0":"PT0S","1":"PT5S"},
                       "configuredRule":{"policy":"shadow","floor":"PT2S"},
                       "rules":{"0":{"policy":"shadow","floor":"PT2S"},"1":{"policy":"shadow","floor":"PT2S"}},
                       "lambdas":{"1":24.774}},
                      {"businessNumber":"3","configured":"PT0S","inForce":{"0":"PT0S","1":"PT0S"},
                       "configuredRule":{"policy":"fixed","floor":"PT2S"},
                       "rules":{"0":{"policy":"fixed","floor":"PT2S"},"1":{"policy":"fixed","floor":"PT2S"}}}],
              "unknownPartitions":[],"models":{"0":"lull-1","1":"lull-1"},"unknownRules":[]}]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsTheGapsOfAnAggregatorThatDoesNotKnowPolicies() throws Exception {
        assertThat(show(WITHOUT_POLICIES.formatted("[]"))).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        whatsapp.message.received
                          all numbers: 5s configured, 8s in force
                          number 106540352242922: 0ms configured, 0ms in force
                          this aggregator does not know policies: it has an older version of Lull
                        """);
    }

    @Test
    void saysOfAnOlderAggregatorTooWhichPartitionsAreUnknown() throws Exception {
        assertThat(show(WITHOUT_POLICIES.formatted("[2]"))).isEqualTo(1);

        assertThat(out.toString()).contains("unknown for partitions 2: no instance that serves them answered");
    }

    @Test
    void saysWhereAPolicyHasNoEffectBecauseNothingIsWaitedFor() throws Exception {
        assertThat(show(POLICIES)).isEqualTo(1);

        String inForce =
                "policy: adaptive, lambda like the gap, floor 2s, cap twice the gap\n      configured, not in force: fixed";
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        whatsapp.message.received
                          all numbers: 5s configured, 5s in force
                            %1$s
                          number 1: 0ms configured, 0ms in force
                            %1$s
                            the policy has no effect: a gap of 0ms makes each message a turn
                          number 2: 5s configured, 0ms (partitions 0), 5s (partitions 1) in force
                            policy: shadow, lambda like the gap, floor 2s, cap twice the gap
                            lambda like the gap: 24.8 s
                            the policy has no effect in partitions 0: a gap of 0ms makes each message a turn
                          number 3: 0ms configured, 0ms in force
                            policy: fixed
                          model: lull-1
                        """.formatted(inForce));
    }

    @Test
    void anAnswerThatIsNoneOfAnAggregatorIsAnErrorInASentence() throws Exception {
        assertThat(show("[{\"topic\":1}]")).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).hasLineCount(1);
    }

    private int show(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/gaps", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return Lull.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "gap",
                            "show",
                            "--token",
                            "token",
                            "--url",
                            "http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }
}
