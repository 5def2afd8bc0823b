package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `lull top` without a terminal.
final class TopCommandTest {

    @TempDir
    private Path directory;

    /// Output that nobody reads any more, as that of `head -1`.
    private static final class Closed extends Writer {

        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            writes.incrementAndGet();
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsWhenNobodyReadsItsPages() throws Exception {
        Closed closed = new Closed();

        assertThat(Lull.commandLine()
                        .setOut(new PrintWriter(closed, true))
                        .execute("top", "--interval", "1s", "--config", settings()))
                .isZero();
        assertThat(closed.writes).hasPositiveValue();
    }

    @Test
    void writesWholeLinesIntoAPipe() throws Exception {
        StringWriter out = new StringWriter();

        assertThat(Lull.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("top", "--once", "--config", settings()))
                .isZero();
        assertThat(out.toString())
                .contains("no process is watched: set console.watch to the addresses of their admin ports")
                .contains("saved unknown")
                .doesNotContain("\u2026", "\u001B");
    }

    private String settings() throws IOException {
        Path file = directory.resolve("lull.properties");
        Files.writeString(file, """
                kafka.bootstrap.servers=127.0.0.1:1
                kafka.default.api.timeout.ms=500
                kafka.request.timeout.ms=400
                """);
        return file.toString();
    }
}
