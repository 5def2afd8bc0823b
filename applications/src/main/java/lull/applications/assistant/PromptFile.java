package lull.applications.assistant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Instructions for a language model in a file, which is read again when it changes, at most once a
/// second. While it cannot be read, or is empty, the last text stays in use. Safe for several threads.
final class PromptFile {

    private static final Logger log = LoggerFactory.getLogger(PromptFile.class);
    private static final int MOST_BYTES = 256 * 1024;
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String setting;
    private final @Nullable Path file;
    private final LongSupplier nanoTime;
    private String text;
    private long readAt;
    private String trouble = "";

    private PromptFile(String setting, @Nullable Path file, String text, LongSupplier nanoTime) {
        this.setting = setting;
        this.file = file;
        this.text = text;
        this.nanoTime = nanoTime;
        this.readAt = nanoTime.getAsLong();
    }

    /// Opens a file; throws [CannotStart] if it cannot be read, or is empty.
    ///
    /// @param setting that names the file
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    static PromptFile open(String setting, Path file, LongSupplier nanoTime) {
        try {
            return new PromptFile(setting, file, read(file), nanoTime);
        } catch (IOException e) {
            throw new CannotStart(setting + ": " + FileProblem.words(file, e));
        }
    }

    /// Returns instructions that are in no file, and do not change.
    static PromptFile fixed(String text) {
        return new PromptFile("", null, text.strip(), () -> 0);
    }

    /// Returns the text that is in force.
    synchronized String text() {
        long now = nanoTime.getAsLong();
        if (file != null && now - readAt >= EVERY_NANOS) {
            readAt = now;
            try {
                text = read(file);
                trouble = "";
            } catch (IOException e) {
                warn(FileProblem.words(file, e));
            }
        }
        return text;
    }

    private void warn(String error) {
        if (!error.equals(trouble)) {
            trouble = error;
            log.atWarn()
                    .addKeyValue("setting", setting)
                    .addKeyValue("error", error)
                    .log("The instructions of an assistant cannot be read again; the last ones stay in use");
        }
    }

    private static String read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new IOException("it is a pipe or a device, and must be a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than 256 KiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty");
            }
            return text;
        }
    }
}
