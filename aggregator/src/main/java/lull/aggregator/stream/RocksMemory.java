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

/// Memory that RocksDB may use, shared by all stores of a process: one cache of blocks, from which what is written and
/// not yet on the disk takes at most half. Without it each store has a cache and buffers of its own, some 100 MB
/// for each of two stores of each partition. It is closed after the applications that use it.
public final class RocksMemory implements AutoCloseable {

    private static final String PROPERTY = "lull.rocksdb.memory";
    private static final long MEBIBYTE = 1L << 20;

    /// What a store takes at least once something is written; by default it is a sixteenth of its buffer.
    private static final long ARENA_BLOCK_BYTES = 64 * 1024;

    /// Where indexes and filters stay longer than data.
    private static final double INDEX_SHARE = 0.2;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    public RocksMemory(int mebibytes) {
        RocksDB.loadLibrary();
        long bytes = mebibytes * MEBIBYTE;
        this.cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
        this.writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    /// Makes the stores of an application use it.
    public void addTo(Properties properties) {
        properties.put(PROPERTY, this);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, Setter.class);
    }

    /// What all stores use of it now, in bytes.
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

    /// What Kafka Streams asks for the options of each store. It is public for Kafka Streams alone.
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
            // What is shared is closed with the process.
        }
    }
}
