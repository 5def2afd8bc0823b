package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import lull.aggregator.turn.TurnPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

final class RocksMemoryTest {

    private static final int MEBIBYTES = 16;
    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void allStoresOfATopologyHaveTheOneCache() {
        try (TurnTopologyTester tester = new TurnTopologyTester(TurnPolicy.ofGap(Duration.ofSeconds(5)))) {
            tester.says("16505551234", "Hello");

            assertThat(tester.metrics("block-cache-capacity"))
                    .hasSize(2)
                    .containsOnly(BigInteger.valueOf(TurnTopologyTester.ROCKS_MEBIBYTES * MEBIBYTE));
        }
    }

    /// Eight stores get 8 MiB each, which would all stay in their buffers of 16 MiB.
    @Test
    void whatIsWrittenAndReadStaysWithinTheBound() throws RocksDBException {
        List<RocksDB> stores = new ArrayList<>();
        List<Options> all = new ArrayList<>();
        try (RocksMemory memory = new RocksMemory(MEBIBYTES)) {
            for (int i = 0; i < 8; i++) {
                Options options = options(memory);
                all.add(options);
                stores.add(RocksDB.open(options, directory.resolve("store-" + i).toString()));
            }
            byte[] value = new byte[1024];
            new Random(1).nextBytes(value);
            for (int i = 0; i < 8 * 1024; i++) {
                byte[] key = key(i);
                for (RocksDB store : stores) {
                    store.put(key, value);
                }
            }

            await().atMost(Duration.ofMinutes(3)).until(() -> {
                // RocksDB looks at the bound when it writes: without a write, what the last one took stays.
                for (RocksDB store : stores) {
                    store.put(key(0), value);
                }
                return buffers(stores) <= MEBIBYTES * MEBIBYTE / 2;
            });

            for (RocksDB store : stores) {
                try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                    store.flush(flush);
                }
                for (int i = 0; i < 8 * 1024; i++) {
                    assertThat(store.get(key(i))).hasSize(1024);
                }
            }
            assertThat(memory.usage()).isBetween(4 * MEBIBYTE, MEBIBYTES * MEBIBYTE);
            stores.forEach(RocksDB::close);
            all.forEach(Options::close);
        }
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
    }

    private static Options options(RocksMemory memory) {
        Properties properties = new Properties();
        memory.addTo(properties);
        Map<String, Object> configs = new HashMap<>();
        properties.forEach((name, value) -> configs.put(name.toString(), value));
        Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(16 * MEBIBYTE);
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new RocksMemory.Setter().setConfig("store", options, configs);
        return options;
    }

    private static long buffers(List<RocksDB> stores) throws RocksDBException {
        long bytes = 0;
        for (RocksDB store : stores) {
            bytes += store.getLongProperty("rocksdb.cur-size-all-mem-tables");
        }
        return bytes;
    }
}
