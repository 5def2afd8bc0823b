package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RoleTest {

    @Test
    void serversHaveTheCollectorWithWhichBinLullRunsTheIngress() throws Exception {
        assertThat(Role.INGRESS.options("-Xmx1g")).containsExactly("-XX:+UseParallelGC");
        assertThat(Role.BARE.options("")).isEqualTo(Role.INGRESS.options(""));
        assertThat(Role.READING.options("")).isEqualTo(Role.INGRESS.options(""));
        assertThat(Files.readString(Path.of("..", "..", "bin", "lull")))
                .contains("ingress\\ *) collector=" + Role.INGRESS.options("").getFirst());
    }

    @Test
    void whoeverNamesACollectorHasIt() {
        assertThat(Role.INGRESS.options("-Xmx1g -XX:+UseG1GC")).isEmpty();
    }

    @Test
    void othersHaveTheOneThatTheJvmChooses() {
        assertThat(Role.BROKER.options("")).isEmpty();
        assertThat(Role.LOAD.options("")).isEmpty();
        assertThat(Role.AGGREGATOR.options("")).isEmpty();
    }
}
