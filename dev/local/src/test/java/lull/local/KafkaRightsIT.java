package lull.local;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import lull.cli.Configuration;
import lull.contract.topic.KafkaAccess;
import lull.local.GrantsUnderTest.Grant;
import lull.runtime.CannotStart;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every single grant of a service, taken away before it starts, while it has all others.
@Tag("own-jvm")
@Tag("proof")
final class KafkaRightsIT {

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

    static Stream<Grant> ofServices() {
        return GrantsUnderTest.of(KafkaAccess.INGRESS, KafkaAccess.AGGREGATOR, KafkaAccess.BRIDGE);
    }

    @ParameterizedTest
    @MethodSource("ofServices")
    void aMissingGrantIsNamedByTheServiceThatNeedsIt(Grant grant) throws Exception {
        grants.broker().revoke(grant.process(), grant.right(), grant.operation());
        try (Lifecycle components = new Lifecycle()) {
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> ServiceProcess.start(
                            grant.process().word(),
                            Configuration.load(Map.of(), grants.settings(grant.process())),
                            components,
                            GrantsUnderTest.service(grant.process())))
                    .satisfies(e -> GrantsUnderTest.assertNamed(grant, String.valueOf(e.getMessage())));
        } finally {
            grants.broker().restore(grant.process(), grant.right(), grant.operation());
        }
    }
}
