package lull.console.figures;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import lull.runtime.http.BoundedHttpClient;

/// Watch over the admin ports of an installation. A caller visits them at regular times by [#visit()]; any thread may
/// read what the last visit has found.
public final class Watch implements AutoCloseable {

    private static final int MAX_PROCESSES = 200;

    private final List<URI> bases;
    private final InstantSource clock;
    private final BoundedHttpClient client;
    private final ProcessVisit visits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Rates rates = new Rates();
    private final Since since = new Since();
    private final History history = new History();
    private final AtomicReference<Passed> passed = new AtomicReference<>(Passed.NONE);
    private final AtomicReference<Snapshot> latest = new AtomicReference<>(Snapshot.NONE);

    /// Creates a watch, which owns the client.
    ///
    /// @param bases addresses of admin ports; a host name with several addresses is several processes
    /// @param limit for each request
    public Watch(List<URI> bases, BoundedHttpClient client, Duration limit, InstantSource clock) {
        this.bases = List.copyOf(bases);
        this.client = client;
        this.clock = clock;
        this.visits = new ProcessVisit(client, limit, clock);
    }

    /// Whether there is anything to watch.
    public boolean isConfigured() {
        return !bases.isEmpty();
    }

    /// Returns what the last visit has found.
    public Snapshot latest() {
        return latest.get();
    }

    /// Returns the figures of the last day.
    public History history() {
        return history;
    }

    /// Returns how many messages passed since the first visit.
    public Passed passed() {
        return passed.get();
    }

    /// Visits all processes concurrently. Only one thread calls this.
    public void visit() {
        Map<String, ProcessState> before = new LinkedHashMap<>();
        latest.get().processes().forEach(process -> before.put(process.address(), process));
        List<CompletableFuture<ProcessState>> visited = addresses().stream()
                .map(address -> CompletableFuture.supplyAsync(
                        () -> visit(address, Optional.ofNullable(before.get(address.toString()))), threads))
                .toList();
        List<ProcessState> processes =
                visited.stream().map(CompletableFuture::join).toList();
        Instant now = clock.instant();
        Snapshot found = new Snapshot(now, processes, rates.after(now, processes), Map.of());
        Snapshot snapshot = new Snapshot(now, processes, found.rates(), since.at(now, presentNow(found)));
        latest.set(snapshot);
        history.add(snapshot);
        passed.set(passed.get().until(snapshot));
    }

    private ProcessState visit(URI address, Optional<ProcessState> before) {
        try {
            return visits.of(address, before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return visits.unknown(address, before, "was not asked, because the console stops");
        }
    }

    /// Returns the keys of what a page shows with its beginning.
    private static Set<String> presentNow(Snapshot snapshot) {
        Set<String> keys = new LinkedHashSet<>();
        FlowWait.waiting(snapshot).forEach(keys::add);
        Stream.of("lull_bridge_connect_circuit", "lull_applications_circuit_open")
                .flatMap(snapshot::values)
                .filter(sample -> sample.value() > 0)
                .forEach(sample -> keys.add(circuit(sample)));
        for (ProcessState process : snapshot.processes()) {
            if (!process.isKnown()) {
                keys.add(unknown(process.address()));
            }
            process.problems().forEach(problem -> keys.add(problem(process.name(), name(problem))));
            process.degraded().forEach(each -> keys.add(problem(process.name(), each.part() + " " + each.scope())));
        }
        return keys;
    }

    /// Returns the key of a circuit that is open.
    public static String circuit(Sample sample) {
        return "circuit " + sample.label("region") + " " + sample.label("operation") + sample.label("destination");
    }

    /// Returns the key of a process that does not answer.
    public static String unknown(String address) {
        return "unknown " + address;
    }

    /// Returns the key of something that does not work.
    public static String problem(String process, String what) {
        return "problem " + process + " " + what;
    }

    /// Returns the name that begins a problem of `/readyz`; the rest may change while the problem lasts.
    public static String name(String problem) {
        return problem.split(":", 2)[0];
    }

    /// Each address of a host name is a process, because a name of a service stands for all of its instances. A
    /// certificate is for the name, so over TLS the name is used as it is.
    private List<URI> addresses() {
        List<URI> addresses = new ArrayList<>();
        for (URI base : bases) {
            addresses.addAll(resolved(base));
        }
        return addresses.subList(0, Math.min(MAX_PROCESSES, addresses.size()));
    }

    private static List<URI> resolved(URI base) {
        if ("https".equalsIgnoreCase(base.getScheme())) {
            return List.of(base);
        }
        try {
            InetAddress[] all = InetAddress.getAllByName(base.getHost());
            // The loopback address has two forms, which are one process.
            if (all.length < 2 || all[0].isLoopbackAddress()) {
                return List.of(base);
            }
            return Arrays.stream(all)
                    .map(each -> at(base, each.getHostAddress()))
                    .sorted()
                    .toList();
        } catch (UnknownHostException e) {
            return List.of(base);
        }
    }

    private static URI at(URI base, String address) {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return URI.create(base.getScheme() + "://" + host + (base.getPort() < 0 ? "" : ":" + base.getPort()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
