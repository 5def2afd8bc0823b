package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BuildInfoTest {

    @Test
    void knowsVersionAndCommitFromTheBuildAlsoWhereThereIsNoGit() {
        BuildInfo build = BuildInfo.read();

        assertThat(build.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(build.commit()).matches("unknown|[0-9a-f]{40}(-dirty)?");
    }
}
