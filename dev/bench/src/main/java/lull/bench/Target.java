package lull.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lull.bench.peer.WebhookPeer;
import lull.contract.topic.Topics;

/// Target of a measurement.
sealed interface Target {

    /// A route that answers 200 and reads nothing: what the HTTP server costs.
    Target BARE = new Own(Role.BARE);

    /// A route that reads the body, checks its signature and answers 200: the least that any receiver must do.
    Target READING = new Own(Role.READING);

    /// The ingress, with a broker behind it.
    Target INGRESS = new Own(Role.INGRESS);

    /// Those that are always measured, in the order of a round.
    List<Target> OWN = List.of(BARE, READING, INGRESS);

    /// The name as the report has it.
    String label();

    /// The topic to which it writes what it accepts; empty if it writes nothing.
    String topic();

    /// Starts its process, and does not wait for it.
    ///
    /// @param folder where its log goes
    Child start(Path folder, String bootstrapServers) throws IOException;

    /// One of this module.
    record Own(Role role) implements Target {
        @Override
        public String label() {
            return role.label();
        }

        @Override
        public String topic() {
            return role == Role.INGRESS ? Topics.MESSAGE_RECEIVED.name() : "";
        }

        @Override
        public Child start(Path folder, String bootstrapServers) throws IOException {
            return Child.start(role, folder, bootstrapServers);
        }
    }

    /// A peer.
    record Other(WebhookPeer peer) implements Target {
        @Override
        public String label() {
            return peer.label();
        }

        @Override
        public String topic() {
            return "webhooks-of-" + peer.name();
        }

        @Override
        public Child start(Path folder, String bootstrapServers) throws IOException {
            return Child.start(peer, folder, bootstrapServers, topic());
        }
    }
}
