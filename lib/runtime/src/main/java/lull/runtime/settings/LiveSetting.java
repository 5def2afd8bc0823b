package lull.runtime.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lull.runtime.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Setting whose value is in a file, which is read again at most once a second. While the file is
/// invalid, such as two lines during a rotation, the last valid value stays in use. Safe for several
/// threads.
final class LiveSetting<T> implements Supplier<T> {

    private static final Logger log = LoggerFactory.getLogger(LiveSetting.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Setting<T> setting;
    private final Path file;
    private final LongSupplier nanoTime;
    private T value;
    private long readAt;

    /// Why the last value stays in use; empty while the file is valid.
    private String trouble = "";

    /// Whether the file was empty when it was last read.
    private boolean empty;

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
            String text = SettingsFile.read(file).strip();
            if (!text.isEmpty()) {
                value = setting.read(text);
                trouble = "";
            } else if (empty) {
                // A writer that overwrites a file in place leaves it empty for a moment only.
                warn("it is empty");
            }
            empty = text.isEmpty();
        } catch (IllegalArgumentException e) {
            warn("its text " + e.getMessage());
        } catch (IOException e) {
            warn(FileProblem.words(file, e));
        }
    }

    /// Logs a failure that is another one than before.
    private void warn(String error) {
        if (!error.equals(trouble)) {
            trouble = error;
            log.atWarn()
                    .addKeyValue("setting", setting.name())
                    .addKeyValue("error", error)
                    .log("The file of a setting cannot be read again; its last value stays in use");
        }
    }
}
