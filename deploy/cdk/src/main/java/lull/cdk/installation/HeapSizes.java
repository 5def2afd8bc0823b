package lull.cdk.installation;

import java.util.Map;
import java.util.TreeMap;
import lull.aggregator.stream.StreamSettings;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cli.sizing.OutsideHeap;

/// Check that a heap fits into the memory of its task, beside everything else that is there. A heap
/// that does not ends the task when it fills. Pure.
public final class HeapSizes {

    /// Memory of the container that copies metrics.
    public static final int COLLECTOR_MEBIBYTES = 192;

    private final Installation installation;
    private final Map<String, String> problems = new TreeMap<>();

    private HeapSizes(Installation installation) {
        this.installation = installation;
    }

    /// Returns the memory of the process itself, in MiB.
    public static int memory(ServiceSize size, Installation installation) {
        return size.memory() - (installation.operations().collector().isPresent() ? COLLECTOR_MEBIBYTES : 0);
    }

    /// Returns what does not fit, by the member of `sizes`.
    static Map<String, String> problems(Installation installation) {
        HeapSizes check = new HeapSizes(installation);
        check.add("ingress.heap", installation.sizes().ingress(), OutsideHeap.INGRESS.mebibytes());
        check.add(
                "aggregator.heap",
                installation.sizes().aggregator(),
                OutsideHeap.AGGREGATOR.mebibytes() + check.rocksDb());
        check.add("bridge.heap", installation.sizes().bridge(), OutsideHeap.BRIDGE.mebibytes());
        check.add("applications.heap", installation.sizes().applications(), OutsideHeap.APPLICATIONS.mebibytes());
        check.add("archive.heap", installation.sizes().archive(), OutsideHeap.ARCHIVE.mebibytes());
        check.add("console.heap", installation.sizes().console(), OutsideHeap.CONSOLE.mebibytes());
        return check.problems;
    }

    private void add(String member, ServiceSize size, int outside) {
        int most = memory(size, installation) - outside;
        size.heap()
                .filter(heap -> heap > most)
                .ifPresent(heap -> problems.put(
                        member,
                        "must be at most " + most + ", because the process needs " + outside + " MiB beside its heap"
                                + (installation.operations().collector().isPresent()
                                        ? ", and the container that copies metrics " + COLLECTOR_MEBIBYTES
                                        : "")
                                + " (it is '" + heap + "'): lower it, or raise memory"));
    }

    /// A wrong value of the setting is reported elsewhere.
    private int rocksDb() {
        String set = installation.settings().get(StreamSettings.ROCKS_MEBIBYTES.name());
        return set != null && set.matches("[0-9]{1,6}") ? Integer.parseInt(set) : 256;
    }
}
