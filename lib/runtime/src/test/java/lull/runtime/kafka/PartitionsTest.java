package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class PartitionsTest {

    @Test
    void areThoseOfKafkasOwnPartitioner() {
        for (String key :
                List.of("", "c1", "106540352242922|16505551234", "грустный", "7d5d3f4e-0000-4a52-9d6e-4f1b2a3c4d5e")) {
            for (int count : List.of(1, 2, 7, 32)) {
                assertThat(Partitions.of(key, count))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), count));
            }
        }
    }
}
