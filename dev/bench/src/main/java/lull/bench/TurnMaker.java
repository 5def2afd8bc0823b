package lull.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import lull.bench.peer.TurnPeer;

/// A way of making turns, as a benchmark starts it: in a process of its own.
sealed interface TurnMaker {

    /// The aggregator, with which others are compared.
    TurnMaker LULL = new Own(TurnForm.LULL);

    /// The name as people write it.
    String word();

    /// The name as the report has it.
    String label();

    /// Starts a process with an application, which does nothing yet, and does not wait for it.
    ///
    /// @param folder where its log goes
    /// @param stores the folder of its state
    Child start(Path folder, String bootstrapServers, Path stores) throws IOException;

    /// One of the forms of this module.
    record Own(TurnForm form) implements TurnMaker {
        @Override
        public String word() {
            return form.word();
        }

        @Override
        public String label() {
            return form.label();
        }

        @Override
        public Child start(Path folder, String bootstrapServers, Path stores) throws IOException {
            return Child.start(form.role(), folder, form.name(), bootstrapServers, stores.toString());
        }
    }

    /// A peer.
    ///
    /// @param commitInterval how often it commits what it has done
    record Other(TurnPeer peer, Duration commitInterval) implements TurnMaker {
        @Override
        public String word() {
            return peer.name() + "-" + commitInterval.toMillis();
        }

        @Override
        public String label() {
            return peer.label() + ", " + commitInterval.toMillis() + " ms";
        }

        @Override
        public Child start(Path folder, String bootstrapServers, Path stores) throws IOException {
            return Child.start(peer, folder, bootstrapServers, stores.toString(), commitInterval.toString());
        }
    }
}
