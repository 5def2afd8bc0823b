package lull.peers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lull.bench.peer.SessionTurns;
import lull.contract.message.Message;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// The steps of a Flink job that makes turns. A message is its conversation, its id and its bytes; a
/// turn is a key and a value of the output.
final class FlinkFunctions {

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    /// Of messages.
    static final TypeInformation<Tuple3<String, String, byte[]>> MESSAGE =
            Types.TUPLE(Types.STRING, Types.STRING, BYTES);

    private FlinkFunctions() {}

    /// Reads the records of the input.
    static final class MessageReader implements KafkaRecordDeserializationSchema<Tuple3<String, String, byte[]>> {
        @Override
        public void deserialize(
                ConsumerRecord<byte[], byte[]> record, Collector<Tuple3<String, String, byte[]>> messages) {
            if (SessionTurns.read(record.value()) instanceof Message message) {
                String conversation = new String(record.key(), StandardCharsets.UTF_8);
                messages.collect(Tuple3.of(conversation, message.id(), record.value()));
            } else {
                HandledRecords.count();
            }
        }

        @Override
        public TypeInformation<Tuple3<String, String, byte[]>> getProducedType() {
            return MESSAGE;
        }
    }

    /// Writes the turn of a window.
    static final class WindowToTurn
            extends ProcessWindowFunction<Tuple3<String, String, byte[]>, Tuple2<byte[], byte[]>, String, TimeWindow>
            implements ResultTypeQueryable<Tuple2<byte[], byte[]>> {

        private final Duration gap;

        WindowToTurn(Duration gap) {
            this.gap = gap;
        }

        @Override
        public void process(
                String conversation,
                Context context,
                Iterable<Tuple3<String, String, byte[]>> messages,
                Collector<Tuple2<byte[], byte[]>> turns) {
            List<byte[]> values = new ArrayList<>();
            messages.forEach(message -> values.add(message.f2));
            byte[] turn =
                    new SessionTurns(gap).write(conversation, context.window().getStart(), values);
            turns.collect(Tuple2.of(conversation.getBytes(StandardCharsets.UTF_8), turn));
        }

        @Override
        public TypeInformation<Tuple2<byte[], byte[]>> getProducedType() {
            return Types.TUPLE(BYTES, BYTES);
        }
    }

    /// Writes turns to the output.
    static final class TurnWriter implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {

        private final String output;

        TurnWriter(String output) {
            this.output = output;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Tuple2<byte[], byte[]> turn, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(output, turn.f0, turn.f1);
        }
    }
}
