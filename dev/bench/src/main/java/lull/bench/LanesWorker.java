package lull.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.LaneApplication;
import lull.bench.peer.LanePeer;
import lull.bench.peer.LaneWork;
import lull.contract.json.Json;
import lull.runtime.Lifecycle;

/// Runner of an application that handles records in order per key, once or again and again in one process, which
/// measures what it takes.
final class LanesWorker implements Role.StartedRole, AutoCloseable {

    /// An order: begin, behind which a [LaneWork] stands, and go on.
    static final String BEGIN = "begin ";

    private static final Duration LOOK = Duration.ofMillis(2);

    private final LaneApplication application;
    private final Lifecycle running = new Lifecycle();

    private LanesWorker(LaneApplication application) {
        this.application = application;
    }

    /// @param arguments the broker's address
    static LanesWorker of(LanePeer peer, List<String> arguments) {
        return new LanesWorker(peer.application(arguments.getFirst()));
    }

    /// @param arguments the form and the broker's address
    static LanesWorker of(List<String> arguments) {
        String bootstrapServers = arguments.get(1);
        return new LanesWorker(
                switch (LaneForm.valueOf(arguments.getFirst())) {
                    case LANES -> new LullLanes(bootstrapServers);
                    case RAW -> new RawLanes(bootstrapServers);
                });
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public String answer(String order) throws Exception {
        if (order.equals(Worker.STOP)) {
            running.close();
            return "";
        }
        if (order.startsWith(BEGIN)) {
            begin(work(order, BEGIN), running);
            return "";
        }
        return Json.text(run(work(order, Worker.RUN)));
    }

    @Override
    public void close() {
        running.close();
    }

    private static LaneWork work(String order, String word) throws Exception {
        return Json.read(order.substring(word.length()).getBytes(StandardCharsets.UTF_8), LaneWork.class);
    }

    private KeyLog begin(LaneWork work, Lifecycle components) throws Exception {
        KeyLog log = components.add("log", new KeyLog(work));
        application.start(work, log, components);
        return log;
    }

    private LanePass run(LaneWork work) throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            KeyLog log = begin(work, components);
            Progress progress = new Progress(log::handled, LOOK);
            long from = progress.await(work.from());
            Usage before = Usage.now();
            long began = System.nanoTime();
            long to = progress.await(work.to());
            long nanos = System.nanoTime() - began;
            Usage used = Usage.now().since(before);
            progress.await(work.records());
            return new LanePass(to - from, nanos, used, log.missing(), log.twice(), log.disordered());
        }
    }
}
