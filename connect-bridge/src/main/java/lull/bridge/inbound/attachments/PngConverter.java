package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Converter of WebP pictures, such as stickers, to PNG; of an animation it uses the first picture.
/// Every other format is refused, whatever WhatsApp calls the file. A process of its own ([WebpToPng])
/// decodes each picture with limits of memory and time, so that no file can use up the memory of this
/// process. That process ends with this one.
public final class PngConverter {

    private static final Logger log = LoggerFactory.getLogger(PngConverter.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Path SHELL = Path.of("/bin/sh");

    /// Shell script that gets the seconds of CPU time for a warning and for the end, and a command. The
    /// kernel ends the process at these limits, even if this process is gone. A lower limit of the
    /// system stays in force.
    private static final String BOUNDED = """
            ulimit -S -t "$1" 2>/dev/null && ulimit -H -t "$2" 2>/dev/null
            shift 2
            exec "$@"
            """;

    /// Exit codes of a process that ended by the signals SIGXCPU and SIGKILL.
    private static final Set<Integer> CPU_TIME_USED_UP = Set.of(128 + 24, 128 + 9);

    private final Options bounds;
    private final Path java;
    private final ConverterSlots slots;

    /// Limits for the conversion of a picture.
    ///
    /// @param maxPixels width times height of a picture, and of each frame of an animation
    /// @param memoryMebibytes heap of the process that decodes it
    /// @param timeout after which that process is killed
    /// @param cpu the maximum CPU time of that process, in whole seconds
    /// @param processes the maximum at a time; further ones wait
    public record Options(long maxPixels, int memoryMebibytes, Duration timeout, Duration cpu, int processes) {}

    public PngConverter(Options bounds) {
        this(bounds, Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    PngConverter(Options bounds, Path java) {
        this(bounds, java, new ConverterSlots(bounds.processes()));
    }

    PngConverter(Options bounds, Path java, ConverterSlots slots) {
        this.bounds = bounds;
        this.java = java;
        this.slots = slots;
    }

    /// Returns the slots for its processes; the caller of [#convert] must hold one.
    ConverterSlots slots() {
        return slots;
    }

    /// Result of a conversion.
    enum Result {
        /// The PNG file is complete.
        OK("it was converted"),
        /// It has more pixels than allowed.
        TOO_LARGE("it has more pixels than picture.max.pixels"),
        /// It was not complete in time.
        TIMED_OUT("it took longer than picture.timeout, or more CPU time than picture.cpu.time"),
        /// The process that decodes needs more memory than allowed, or does not run.
        FAILED("the decoder failed, or needed more memory than picture.memory.mebibytes"),
        /// It is not a WebP file, or is damaged.
        DAMAGED("it is no WebP file, or it is damaged");

        private final String words;

        Result(String words) {
            this.words = words;
        }
    }

    /// Converts a file. The caller must hold one of the [#slots]. If the result is not [Result#OK], the
    /// content at `to` is of no use.
    Result convert(Path from, Path to) throws InterruptedException {
        Result result;
        try {
            result = switch (WebpFile.check(from, bounds.maxPixels())) {
                case OK -> decode(from, to);
                case DAMAGED -> Result.DAMAGED;
                case TOO_LARGE -> Result.TOO_LARGE;
            };
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("A picture cannot be read, or its decoder does not start");
            result = Result.FAILED;
        }
        if (result != Result.OK) {
            log.atInfo().addKeyValue("error", result.words).log("A picture was not converted");
        }
        return result;
    }

    private Result decode(Path from, Path to) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(from, to))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Our environment holds secrets, and may have options for a JVM.
        builder.environment().clear();
        return await(builder.start(), to);
    }

    private List<String> command(Path from, Path to) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            long seconds = Math.max(1, bounds.cpu().plusMillis(999).toSeconds());
            command.addAll(List.of(
                    SHELL.toString(), "-c", BOUNDED, "lull", Long.toString(seconds), Long.toString(seconds + 1)));
        }
        command.addAll(List.of(
                java.toString(),
                "-Xmx" + bounds.memoryMebibytes() + "m",
                "-Xss1m",
                "-XX:MaxMetaspaceSize=64m",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:MaxDirectMemorySize=4m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=1",
                "-XX:-UsePerfData",
                // A crash would leave files in the working directory.
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Djava.awt.headless=true",
                "-classpath",
                System.getProperty("java.class.path"),
                WebpToPng.class.getName(),
                from.toString(),
                to.toString()));
        return command;
    }

    private Result await(Process process, Path to) throws InterruptedException {
        try {
            if (!process.waitFor(bounds.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return Result.TIMED_OUT;
            }
        } finally {
            process.destroyForcibly().waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (process.exitValue() == 0 && Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            return Result.OK;
        }
        log.atDebug().addKeyValue("exitCode", process.exitValue()).log("The decoder of pictures failed");
        if (CPU_TIME_USED_UP.contains(process.exitValue())) {
            return Result.TIMED_OUT;
        }
        return process.exitValue() == WebpToPng.DAMAGED ? Result.DAMAGED : Result.FAILED;
    }
}
