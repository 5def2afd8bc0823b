package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lull.cli.Configuration;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.local.GrantsUnderTest.Grant;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A grant that is taken away from a service while it runs, and given back.
@Tag("own-jvm")
@Tag("proof")
final class KafkaRightsLostIT {

    @TempDir
    private static Path directory = Path.of(".");

    private static GrantsUnderTest grants;

    @BeforeAll
    static void start() throws Exception {
        grants = GrantsUnderTest.start(directory);
    }

    @AfterAll
    static void stop() {
        grants.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"INGRESS", "AGGREGATOR", "BRIDGE"})
    void aGrantThatIsTakenAwayFromARunningProcessIsNamed(KafkaAccess process) throws Exception {
        Right right = process.of(GrantsUnderTest.SCOPE).stream()
                .filter(one -> one.type() == ResourceType.TOPIC
                        && one.pattern() == PatternType.LITERAL
                        && one.operations().contains(AclOperation.WRITE))
                .findFirst()
                .orElseThrow();
        Grant grant = new Grant(process, right, AclOperation.WRITE);
        int port = FreePort.next();
        Map<String, String> own = grants.settings(process);
        own.put("admin.port", Integer.toString(port));
        own.put("ingress.port", "0");
        own.put("aggregator.port", "0");
        own.put("streams.state.dir", directory.resolve("state").toString());
        try (Lifecycle components = new Lifecycle()) {
            ServiceProcess.start(
                    process.word(), Configuration.load(Map.of(), own), components, GrantsUnderTest.service(process));
            await().atMost(GrantsUnderTest.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get(port, "/readyz")).contains("true").doesNotContain("rights"));

            grants.broker().revoke(process, right, AclOperation.WRITE);
            try {
                await().atMost(GrantsUnderTest.PATIENCE)
                        .untilAsserted(() -> assertThat(get(port, "/readyz"))
                                .containsPattern("Kafka denies this process (\\w+ and )*Write on the \\Q"
                                        + grant.resource() + "\\E: grant it, as docs/acls.md lists"));
                await().atMost(GrantsUnderTest.PATIENCE)
                        .untilAsserted(() -> assertThat(get(port, "/metrics"))
                                .contains("lull_dependency_available{dependency=\"rights\"} 0"));
            } finally {
                grants.broker().restore(process, right, AclOperation.WRITE);
            }
            await().atMost(GrantsUnderTest.PATIENCE)
                    .untilAsserted(() -> assertThat(get(port, "/metrics"))
                            .contains("lull_dependency_available{dependency=\"rights\"} 1"));
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
