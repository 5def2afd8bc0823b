package lull.bench;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import lull.bench.peer.TurnApplication;

/// An application of Kafka Streams that has started, of which there is one in a process.
///
/// @param open tells how many turns are open
record StreamsApplication(LongSupplier open) implements TurnApplication.Started {

    private static final String THREADS = "kafka.streams:type=stream-thread-metrics,thread-id=*";

    /// The `process-total` of its threads.
    @Override
    public long handled() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double handled = 0;
        for (ObjectName thread : beans.queryNames(new ObjectName(THREADS), null)) {
            handled += ((Number) beans.getAttribute(thread, "process-total")).doubleValue();
        }
        return Math.round(handled);
    }

    @Override
    public long openTurns() {
        return open.getAsLong();
    }
}
