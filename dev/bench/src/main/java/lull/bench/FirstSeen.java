package lull.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;
import lull.bench.peer.SessionTurns;
import lull.contract.message.Message;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/// Filter that lets each message pass once in seven days, as it is usually done beside the DSL: its id
/// is a key of a window store.
final class FirstSeen implements FixedKeyProcessor<String, byte[], byte[]> {

    private static final String STORE = "seen";
    private static final Duration MEMORY = Duration.ofDays(7);

    private @Nullable FixedKeyProcessorContext<String, byte[]> context;
    private @Nullable WindowStore<String, Long> seen;

    private FirstSeen() {}

    static FixedKeyProcessorSupplier<String, byte[], byte[]> supplier() {
        return new FixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<String, byte[], byte[]> get() {
                return new FirstSeen();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(STORE, MEMORY, MEMORY, false), Serdes.String(), Serdes.Long()));
            }
        };
    }

    @Override
    public void init(FixedKeyProcessorContext<String, byte[]> context) {
        this.context = context;
        this.seen = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, byte[]> record) {
        if (SessionTurns.read(record.value()) instanceof Message message && isNew(message.id(), record.timestamp())) {
            requireNonNull(context).forward(record);
        }
    }

    private boolean isNew(String id, long at) {
        WindowStore<String, Long> seen = requireNonNull(this.seen);
        try (WindowStoreIterator<Long> before = seen.fetch(id, at - MEMORY.toMillis(), at + MEMORY.toMillis())) {
            if (before.hasNext()) {
                return false;
            }
        }
        seen.put(id, at, at);
        return true;
    }
}
