package lull.aggregator.stream;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// Memory that RocksDB may use, shared by all stores of a process: one block cache, of which data that
/// is written but not yet flushed uses at most half. Without it each store has its own cache and
/// buffers, some 100 MB for each of two stores of each partition. Close it after the applications that
/// use it.
public final class RocksMemory implements AutoCloseable {

    private static final String PROPERTY = "lull.rocksdb.memory";
    private static final long MEBIBYTE = 1L << 20;

    /// What a store allocates as soon as something is written; the default is a sixteenth of its
    /// buffer.
    private static final long ARENA_BLOCK_BYTES = 64 * 1024;

    /// The share of the cache in which indexes and filters stay longer than data.
    private static final double INDEX_SHARE = 0.2;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    public RocksMemory(int mebibytes) {
        RocksDB.loadLibrary();
        long bytes = mebibytes * MEBIBYTE;
        this.cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
        this.writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    /// Configures the stores of an application to use it.
    public void addTo(Properties properties) {
        properties.put(PROPERTY, this);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, Setter.class);
    }

    /// The memory that all stores use now, in bytes.
    long usage() {
        return cache.getUsage();
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    private void applyTo(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(writeBuffers);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
    }

    /// Setter of the options of each store. Public only because Kafka Streams creates it.
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            if (configs.get(PROPERTY) instanceof RocksMemory memory) {
                memory.applyTo(options);
            } else {
                throw new IllegalStateException(PROPERTY + " is missing");
            }
        }

        @Override
        public void close(String storeName, Options options) {
            // Shared resources are closed with the process.
        }
    }
}
