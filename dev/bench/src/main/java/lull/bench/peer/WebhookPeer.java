package lull.bench.peer;

import lull.runtime.Lifecycle;

/// A peer of the ingress: a server that writes each webhook to a topic and answers 200 when Kafka has acknowledged it.
public interface WebhookPeer extends Peer {

    /// Serves on a free port, which it returns.
    ///
    /// @param components where it adds what it starts
    int start(WebhookRoute route, Lifecycle components) throws Exception;

    @Override
    default String label() {
        return name();
    }
}
