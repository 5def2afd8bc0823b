package lull.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lull.bench.peer.SessionTurns;
import lull.bench.peer.Work;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindowedKStream;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.SessionStore;

/// Turns by the session windows of the DSL of Kafka Streams: the bytes of messages are aggregated as they are, and
/// read when the window has closed.
final class SessionTopology {

    private static final Duration RETENTION = Duration.ofMinutes(10);

    private SessionTopology() {}

    static Topology build(TurnForm form, Work work) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, byte[]> messages =
                builder.stream(work.input(), Consumed.with(Serdes.String(), Serdes.ByteArray()));
        if (form.dropsDuplicates()) {
            messages = messages.processValues(FirstSeen.supplier());
        }
        SessionWindowedKStream<String, byte[]> sessions = messages.groupByKey(
                        Grouped.with(Serdes.String(), Serdes.ByteArray()))
                .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(work.gap()));
        if (form.emitsOnClose()) {
            sessions = sessions.emitStrategy(EmitStrategy.onWindowClose());
        }
        KTable<Windowed<String>, byte[]> turns = sessions.aggregate(
                () -> Frames.NONE,
                (_, message, frames) -> Frames.join(frames, message),
                (_, earlier, later) -> Frames.concat(earlier, later),
                Materialized.<String, byte[], SessionStore<Bytes, byte[]>>as("open-turns")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray())
                        .withRetention(RETENTION));
        if (!form.emitsOnClose()) {
            turns = turns.suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded()));
        }
        SessionTurns writer = new SessionTurns(work.gap());
        turns.toStream()
                .map((window, frames) -> KeyValue.pair(
                        window.key().getBytes(StandardCharsets.UTF_8),
                        writer.write(window.key(), window.window().start(), Frames.split(frames))))
                .to(work.output(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return builder.build();
    }
}
