package lull.bench;

import java.io.IOException;
import java.nio.file.Path;
import lull.bench.peer.LanePeer;

/// A way of handling records in order per key, as a benchmark starts it: in a process of its own.
sealed interface LaneMaker {

    /// The name as the report has it.
    String label();

    /// Starts a process with an application, which does nothing yet, and does not wait for it.
    ///
    /// @param folder where its log goes
    Child start(Path folder, String bootstrapServers) throws IOException;

    /// One of the forms of this module.
    record Own(LaneForm form) implements LaneMaker {
        @Override
        public String label() {
            return form.label();
        }

        @Override
        public Child start(Path folder, String bootstrapServers) throws IOException {
            return Child.start(Role.LANES, folder, form.name(), bootstrapServers);
        }
    }

    /// A peer.
    record Other(LanePeer peer) implements LaneMaker {
        @Override
        public String label() {
            return peer.label();
        }

        @Override
        public Child start(Path folder, String bootstrapServers) throws IOException {
            return Child.start(peer, folder, bootstrapServers);
        }
    }
}
