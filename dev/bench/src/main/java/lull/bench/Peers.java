package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.ServiceLoader;
import lull.bench.peer.Peer;

/// Those on the class path that benchmarks measure Lull beside.
final class Peers {

    /// The system property with the class path of their processes. It is not that of Lull's processes, so that Lull
    /// runs on the versions of libraries that it ships. Without it they have the class path of this process.
    private static final String CLASS_PATH = "lull.peers.class.path";

    /// What the command line prints if they are asked for and there are none.
    static final String MISSING =
            "--peers needs the module dev/peers on the class path, as bin/lull runs it in a clone of the sources";

    private Peers() {}

    /// All of a kind, in the order in which they are listed; none if the module of peers is not on the class path.
    static <T extends Peer> List<T> of(Class<T> kind) {
        return ServiceLoader.load(Peer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    static Peer named(String name) {
        return of(Peer.class).stream()
                .filter(peer -> peer.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("There is no peer " + name));
    }

    static String classPath() {
        return System.getProperty(CLASS_PATH, requireNonNull(System.getProperty("java.class.path")));
    }
}
