package lull.peers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/// Step of a Flink job that lets each message of a conversation pass once in seven days.
final class FlinkFirstSeen
        extends KeyedProcessFunction<String, Tuple3<String, String, byte[]>, Tuple3<String, String, byte[]>>
        implements ResultTypeQueryable<Tuple3<String, String, byte[]>> {

    private static final Duration MEMORY = Duration.ofDays(7);

    private transient @Nullable MapState<String, Boolean> seen;

    @Override
    public void open(OpenContext context) {
        MapStateDescriptor<String, Boolean> descriptor = new MapStateDescriptor<>("seen", Types.STRING, Types.BOOLEAN);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY).build());
        seen = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(
            Tuple3<String, String, byte[]> message, Context context, Collector<Tuple3<String, String, byte[]>> messages)
            throws Exception {
        MapState<String, Boolean> seen = requireNonNull(this.seen);
        HandledRecords.count();
        if (!seen.contains(message.f1)) {
            seen.put(message.f1, true);
            messages.collect(message);
        }
    }

    @Override
    public TypeInformation<Tuple3<String, String, byte[]>> getProducedType() {
        return FlinkFunctions.MESSAGE;
    }
}
