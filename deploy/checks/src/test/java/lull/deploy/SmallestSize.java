package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import lull.cli.sizing.Demand;
import lull.cli.sizing.ProcessSize;
import lull.cli.sizing.Sizing;

/// What `bin/lull sizing` calculates for the first traffic of docs/sizing.md, for which the files of deploy/ are made.
///
/// @param size of one service
record SmallestSize(ProcessSize size) {

    private static final Demand DEMAND = Demand.usual(10, 4, 1, 0.25);
    private static final double BYTES_IN_A_GB = 1e9;

    /// @param service as its command is called
    static SmallestSize of(String service) {
        Sizing sizing = new Sizing(DEMAND);
        return Stream.concat(sizing.processes().stream(), Stream.of(sizing.applications(1), sizing.archives()))
                .filter(size -> size.service().equals(service))
                .map(SmallestSize::new)
                .findFirst()
                .orElseThrow();
    }

    /// Fails unless a container has room for the heap, and beside the heap for everything else. The heap grows to its
    /// share of the memory.
    ///
    /// @param limit of the container's memory, in MiB
    void requireMemory(long limit) {
        long heap = limit * Dockerfile.heapPercentage(size.service()) / 100;

        assertThat(heap)
                .as("MiB of heap of %s, with %d MiB of memory", size.service(), limit)
                .isGreaterThanOrEqualTo(size.heapMebibytes());
        assertThat(limit - heap)
                .as("MiB outside the heap of %s, with %d MiB of memory", size.service(), limit)
                .isGreaterThanOrEqualTo(size.neededMebibytes() - size.heapMebibytes());
    }

    double vcpus() {
        return size.vcpus();
    }

    double diskBytes() {
        return size.diskGigabytes() * BYTES_IN_A_GB;
    }
}
