package lull.cdk.installation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.cdk.installation.Installation.ServiceSize;

/// Sizes of tasks that AWS Fargate offers. Source: Amazon ECS Developer Guide, "Task CPU and memory".
final class FargateSizes {

    /// Memory that goes with some CPU, in MiB.
    private record Memory(int from, int to, int step) {
        boolean has(int mebibytes) {
            return mebibytes >= from && mebibytes <= to && (mebibytes - from) % step == 0;
        }
    }

    private static final Map<Integer, Memory> SIZES = new TreeMap<>(Map.of(
            512, new Memory(1_024, 4_096, 1_024),
            1_024, new Memory(2_048, 8_192, 1_024),
            2_048, new Memory(4_096, 16_384, 1_024),
            4_096, new Memory(8_192, 30_720, 1_024),
            8_192, new Memory(16_384, 61_440, 4_096),
            16_384, new Memory(32_768, 122_880, 8_192)));

    private FargateSizes() {}

    /// Returns what is wrong with a size; empty if it is offered. Half a vCPU is the minimum, because a
    /// process of Lull starts too slowly with less.
    static Optional<String> problem(ServiceSize size) {
        Memory memory = SIZES.get(size.cpu());
        if (memory == null) {
            return Optional.of(
                    size.memory() + " goes with a cpu of " + SIZES.keySet() + " only (it is '" + size.cpu() + "')");
        }
        return memory.has(size.memory())
                ? Optional.empty()
                : Optional.of("must be " + memory.from() + " to " + memory.to() + " in steps of " + memory.step()
                        + " for a cpu of " + size.cpu() + " (it is '" + size.memory() + "')");
    }
}
