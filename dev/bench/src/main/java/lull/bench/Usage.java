package lull.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Resources that a process has used since it started.
///
/// @param allocatedBytes on the heap, by all threads; what virtual threads allocate is counted with their carriers
/// @param cpuNanos of all processors together
record Usage(long allocatedBytes, long cpuNanos) {

    /// Of this process.
    static Usage now() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Usage(threads.getTotalThreadAllocatedBytes(), system.getProcessCpuTime());
    }

    Usage since(Usage earlier) {
        return new Usage(allocatedBytes - earlier.allocatedBytes, cpuNanos - earlier.cpuNanos);
    }
}
