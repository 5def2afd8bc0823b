package lull.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.TurnPeer;
import lull.bench.peer.Work;
import lull.contract.json.Json;
import lull.runtime.Lifecycle;

/// Runner of an application that makes turns, once or again and again in one process, which measures what it
/// takes.
final class Worker implements Role.StartedRole, AutoCloseable {

    /// An order: run, behind which a [Work] stands. The application goes on running.
    static final String RUN = "run ";

    /// An order: stop what runs.
    static final String STOP = "stop";

    private static final Duration LOOK = Duration.ofMillis(20);

    private final TurnApplication application;
    private final Lifecycle running = new Lifecycle();

    private Worker(TurnApplication application) {
        this.application = application;
    }

    /// @param arguments the form, the broker's address and the folder of the stores
    static Worker of(List<String> arguments) {
        TurnForm form = TurnForm.valueOf(arguments.get(0));
        String bootstrapServers = arguments.get(1);
        String folder = arguments.get(2);
        return new Worker(
                form.role() == Role.AGGREGATOR
                        ? new LullApplication(bootstrapServers, folder, form == TurnForm.ADAPTIVE)
                        : new SessionApplication(form, bootstrapServers, folder));
    }

    /// @param arguments the broker's address, the folder of its state, and how often it commits
    static Worker of(TurnPeer peer, List<String> arguments) {
        return new Worker(
                peer.application(arguments.get(0), Path.of(arguments.get(1)), Duration.parse(arguments.get(2))));
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public String answer(String order) throws Exception {
        if (order.equals(STOP)) {
            running.close();
            return "";
        }
        byte[] work = order.substring(RUN.length()).getBytes(StandardCharsets.UTF_8);
        return Json.text(run(Json.read(work, Work.class)));
    }

    @Override
    public void close() {
        running.close();
    }

    private Pass run(Work work) throws Exception {
        long heapBefore = work.heap() ? heapAfterCollection() : 0;
        long began = System.nanoTime();
        TurnApplication.Started started = application.start(work, running);
        long readyNanos = System.nanoTime() - began;
        Progress progress = new Progress(started::handled, LOOK);
        long from = work.from() == 0 ? 0 : progress.await(work.from());
        Usage before = Usage.now();
        long measuredFrom = System.nanoTime();
        long to = progress.await(work.to());
        long nanos = System.nanoTime() - measuredFrom;
        Usage used = Usage.now().since(before);
        long heap = work.heap() ? heapAfterCollection() : 0;
        return new Pass(readyNanos, to - from, nanos, used, heapBefore, heap, started.openTurns());
    }

    /// What lives on the heap. The second collection takes what the first one has only found to be dead.
    @SuppressWarnings("SystemGc")
    private static long heapAfterCollection() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
