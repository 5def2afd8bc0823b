package lull.cli.sizing;

import java.util.Arrays;

/// Processes of one service.
///
/// @param service its name
/// @param number of processes
/// @param vcpus of each process
/// @param heapMebibytes heap of each process
/// @param neededMebibytes memory that each process needs, heap included, which is enough on Kubernetes
/// @param memoryMebibytes memory of each process in a size of AWS Fargate
/// @param diskGigabytes disk of each process that it needs besides temporary files
public record ProcessSize(
        String service,
        int number,
        double vcpus,
        int heapMebibytes,
        int neededMebibytes,
        int memoryMebibytes,
        double diskGigabytes) {

    /// Of the container that copies metrics on AWS, in MiB.
    private static final int METRICS_COLLECTOR = 192;

    private static final double[] SIZES = {0.5, 1, 2, 4};

    /// Fargate gives a vCPU from 2 to 8 GiB of memory.
    private static final int LEAST_MEMORY_OF_A_VCPU = 2_048;

    private static final int MOST_MEMORY_OF_A_VCPU = 7_680;
    private static final int GIBIBYTE = 1_024;

    /// Returns processes with at least this memory, in a size that AWS Fargate offers.
    static ProcessSize of(String service, Processors processors, int heap, int needed, double diskGigabytes) {
        int onAws = needed + METRICS_COLLECTOR;
        double vcpus = Math.max(processors.vcpus(), smallest((double) onAws / MOST_MEMORY_OF_A_VCPU));
        int given = (int) Math.max(LEAST_MEMORY_OF_A_VCPU * vcpus, GIBIBYTE * Math.ceilDiv(onAws, GIBIBYTE));
        return new ProcessSize(service, processors.number(), vcpus, heap, needed, given, diskGigabytes);
    }

    /// Returns as many processes as are needed, two at least, of the smallest size that is enough.
    ///
    /// @param vcpusNeeded by all processes together
    /// @param atLeast number of processes, for another reason than their processors
    /// @param mostVcpus of a process
    static Processors processors(double vcpusNeeded, int atLeast, double mostVcpus) {
        int number = Math.max(Math.max(2, atLeast), (int) Math.ceil(vcpusNeeded / mostVcpus));
        return new Processors(number, smallest(vcpusNeeded / number));
    }

    private static double smallest(double vcpus) {
        return Arrays.stream(SIZES).filter(size -> size >= vcpus).findFirst().orElse(SIZES[SIZES.length - 1]);
    }

    /// Number of processes and the processors of each.
    record Processors(int number, double vcpus) {}

    /// Returns the vCPUs of all processes.
    public double allVcpus() {
        return number * vcpus;
    }

    /// Returns the memory of all processes in GiB.
    public double allGibibytes() {
        return (double) number * memoryMebibytes / GIBIBYTE;
    }
}
