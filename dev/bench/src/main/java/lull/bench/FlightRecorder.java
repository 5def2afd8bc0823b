package lull.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/// Recorder of this process by Java Flight Recorder, in pieces.
final class FlightRecorder implements AutoCloseable {

    private @Nullable Recording recording;

    void start() throws IOException, ParseException {
        Recording started = new Recording(Configuration.getConfiguration("profile"));
        // Where there is such an event, it counts the time in native code, too.
        started.enable("jdk.CPUTimeSample").with("throttle", "10ms");
        started.start();
        recording = started;
    }

    /// Ends the piece that was started and puts it at the end of a file: recordings in a row are a recording.
    void appendTo(Path file) throws IOException {
        Recording stopped = recording;
        if (stopped == null) {
            throw new IllegalStateException("Nothing is being recorded");
        }
        recording = null;
        Path piece = Files.createTempFile("lull-bench", ".jfr");
        try (stopped;
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            stopped.stop();
            stopped.dump(piece);
            Files.copy(piece, out);
        } finally {
            Files.delete(piece);
        }
    }

    @Override
    public void close() {
        Recording running = recording;
        if (running != null) {
            running.close();
        }
    }
}
