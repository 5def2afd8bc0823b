package lull.bench.peer;

import java.util.List;

/// Something other than Lull that does what a part of Lull does. A benchmark finds it by
/// [java.util.ServiceLoader], as a `lull.bench.peer.Peer`, and runs it in a JVM of its own, on a class
/// path of its own. The benchmark's own JVM creates it too, without the libraries that it uses: so its
/// class itself names none of them.
public interface Peer {

    /// The name, in one word of lower-case letters and hyphens, which no other peer has.
    String name();

    /// The name as the report has it.
    String label();

    /// Options that its JVM needs.
    default List<String> javaOptions() {
        return List.of();
    }
}
