package lull.cli.sizing;

/// Memory that a process needs beside its heap, in MiB: the JVM and the clients, and what its service has in addition.
/// Measured, see `docs/sizing.md`.
public enum OutsideHeap {
    INGRESS(0),

    /// Besides RocksDB, whose memory is a setting.
    AGGREGATOR(0),

    /// With the processes that decode pictures.
    BRIDGE(192),

    APPLICATIONS(0),

    ARCHIVE(0),

    CONSOLE(0);

    private static final int OF_EVERY_PROCESS = 320;

    private final int ofService;

    OutsideHeap(int ofService) {
        this.ofService = ofService;
    }

    /// Returns the memory beside the heap.
    public int mebibytes() {
        return OF_EVERY_PROCESS + ofService;
    }
}
