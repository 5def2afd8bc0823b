package lull.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A setting that a file holds, read again at most once a second. Safe for several threads.
final class LiveSetting<T> implements Supplier<T> {

    private static final Logger log = LoggerFactory.getLogger(LiveSetting.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Setting<T> setting;
    private final Path file;
    private final LongSupplier nanoTime;
    private T value;
    private long readAt;
    private boolean failed;

    LiveSetting(Setting<T> setting, Path file, T value, LongSupplier nanoTime) {
        this.setting = setting;
        this.file = file;
        this.value = value;
        this.nanoTime = nanoTime;
        this.readAt = nanoTime.getAsLong();
    }

    @Override
    public synchronized T get() {
        long now = nanoTime.getAsLong();
        if (now - readAt >= EVERY_NANOS) {
            readAt = now;
            read();
        }
        return value;
    }

    private void read() {
        try {
            String text = Files.readString(file).strip();
            // Who replaces a file by writing into it leaves it empty for a moment.
            if (!text.isEmpty()) {
                value = setting.read(text);
                failed = false;
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!failed) {
                failed = true;
                log.atWarn()
                        .addKeyValue("setting", setting.name())
                        .addKeyValue("error", e.getClass().getSimpleName())
                        .log("The file of a setting cannot be read again; its last value stays in use");
            }
        }
    }
}
