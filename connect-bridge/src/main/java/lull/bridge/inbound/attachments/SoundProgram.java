package lull.bridge.inbound.attachments;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Sound;
import lull.bridge.inbound.attachments.WavConverter.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Converter of audio to WAV by ffmpeg, or a program with the same arguments. It starts one process for
/// each file, with limits of time, of CPU time and of memory. The WAV has one channel and 16,000
/// samples of 16 bits a second, 2 MB a minute.
///
/// The limits are set by the shell's `ulimit`, which every Unix has, so that nothing needs to be
/// installed. A program is not used if these limits cannot be set.
final class SoundProgram {

    private static final Logger log = LoggerFactory.getLogger(SoundProgram.class);
    private static final String SAMPLES_PER_SECOND = "16000";
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Path SHELL = Path.of("/bin/sh");

    /// Shell script that gets the seconds of CPU time for a warning and for the end, the KiB of memory,
    /// the blocks of 512 bytes of a file, and a command. A core dump would be a copy of a customer's
    /// file. Nothing runs without these limits.
    private static final String BOUNDED = """
            ulimit -c 0
            ulimit -S -t "$1" && ulimit -H -t "$2" && ulimit -v "$3" && ulimit -f "$4" || exit 125
            shift 4
            exec "$@"
            """;

    /// Bytes of a block of `ulimit -f`, according to POSIX. Some shells have larger ones.
    private static final int BLOCK_BYTES = 512;

    /// Blocks that a program may write in addition to the maximum: ffmpeg notices the limit after a
    /// packet.
    private static final int SPARE_BLOCKS = 2_048;

    /// Exit code that a shell reports of a process that ended by the signal SIGXFSZ.
    private static final int FILE_TOO_LARGE = 128 + 25;

    /// Exit code that a shell reports of a process that ended by the signal SIGXCPU.
    private static final int CPU_TIME_USED_UP = 128 + 24;

    private final Path shell;
    private final Path program;
    private final Options options;
    private final ConverterSlots slots;

    /// Limits of a process.
    ///
    /// @param timeout after which it is killed
    /// @param cpu the maximum CPU time, in whole seconds
    /// @param memoryMebibytes the maximum address space; 0 for no limit
    /// @param processes the maximum at a time; further ones wait
    public record Options(Duration timeout, Duration cpu, int memoryMebibytes, int processes) {

        private List<String> limits(long maxBytes) {
            long seconds = Math.max(1, cpu.plusMillis(999).toSeconds());
            String memory = memoryMebibytes == 0 ? "unlimited" : Long.toString(memoryMebibytes * 1024L);
            String blocks = Long.toString(maxBytes / BLOCK_BYTES + SPARE_BLOCKS);
            return List.of(Long.toString(seconds), Long.toString(seconds + 1), memory, blocks);
        }
    }

    private SoundProgram(Path shell, Path program, Options options) {
        this.shell = shell;
        this.program = program;
        this.options = options;
        this.slots = new ConverterSlots(options.processes());
    }

    /// Returns the program with a name; empty if there is none, or if its limits cannot be set.
    ///
    /// @param program a path, or a name in one of the folders of `path`
    /// @param path folders, separated as in the environment's `PATH`
    public static Optional<SoundProgram> find(String program, String path, Options options) {
        return find(program, path, options, SHELL);
    }

    static Optional<SoundProgram> find(String program, String path, Options options, Path shell) {
        List<Path> folders = program.contains(File.separator)
                ? List.of(Path.of(""))
                : Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .map(Path::of)
                        .toList();
        Optional<SoundProgram> found = folders.stream()
                .map(folder -> folder.resolve(program).toAbsolutePath())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new SoundProgram(shell, file, options));
        log.atInfo().addKeyValue("found", found.isPresent()).log("Searched for the audio converter");
        return found.filter(SoundProgram::canBeBounded);
    }

    /// Whether this system sets the limits; logs the reason if it does not.
    private boolean canBeBounded() {
        try {
            Process trial = new ProcessBuilder(command(0, List.of(shell.toString(), "-c", ":")))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(trial.getInputStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
            if (trial.waitFor() == 0) {
                return true;
            }
            notBounded(said);
        } catch (IOException e) {
            notBounded(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notBounded("interrupted");
        }
        return false;
    }

    private static void notBounded(String error) {
        log.atError()
                .addKeyValue("error", error)
                .log("The audio converter is not used: its CPU time and memory cannot be limited. It needs"
                        + " /bin/sh with ulimit, and voice.cpu.time and voice.memory.mebibytes within the"
                        + " limits of this process; 0 means no limit of memory");
    }

    /// Returns the slots for its processes; the caller of [#convert] must hold one.
    ConverterSlots slots() {
        return slots;
    }

    /// Converts a file. The caller must hold one of the [#slots]. If the result is not [Result#OK], the
    /// content at `to` is of no use.
    ///
    /// @param maxBytes of the WAV
    Result convert(Sound sound, Path from, Path to, long maxBytes) throws InterruptedException {
        // The demuxer is named, because some that ffmpeg would find by itself open other files.
        ProcessBuilder builder = new ProcessBuilder(command(
                        maxBytes,
                        List.of(
                                program.toString(),
                                "-nostdin",
                                "-v",
                                "quiet",
                                "-threads",
                                "1",
                                "-f",
                                sound.demuxer(),
                                "-i",
                                from.toString(),
                                "-vn",
                                "-ac",
                                "1",
                                "-ar",
                                SAMPLES_PER_SECOND,
                                "-c:a",
                                "pcm_s16le",
                                // It stops when it has written more than this.
                                "-fs",
                                Long.toString(maxBytes),
                                "-f",
                                "wav",
                                "-y",
                                to.toString())))
                // A program that reads its input gets the end of it, and does not wait.
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Our environment holds secrets.
        builder.environment().clear();
        try {
            return run(builder.start(), to, maxBytes);
        } catch (IOException e) {
            log.atWarn().addKeyValue("error", String.valueOf(e.getMessage())).log("The audio converter does not start");
            return Result.FAILED;
        }
    }

    private List<String> command(long maxBytes, List<String> program) {
        List<String> command = new ArrayList<>(List.of(shell.toString(), "-c", BOUNDED, "lull"));
        command.addAll(options.limits(maxBytes));
        command.addAll(program);
        return command;
    }

    private Result run(Process process, Path to, long maxBytes) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(options.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return Result.TIMED_OUT;
            }
        } finally {
            kill(process);
        }
        if (process.exitValue() == CPU_TIME_USED_UP) {
            log.atWarn()
                    .addKeyValue("seconds", options.cpu().toSeconds())
                    .log("The audio converter has used up voice.cpu.time and was stopped");
            return Result.TIMED_OUT;
        }
        if (process.exitValue() == FILE_TOO_LARGE) {
            return Result.TOO_LARGE;
        }
        // A link could lead to a file of this machine.
        if (process.exitValue() != 0 || !Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            log.atDebug()
                    .addKeyValue("exitCode", process.exitValue())
                    .log("The audio converter failed; voice.memory.mebibytes may be too low");
            return Result.FAILED;
        }
        return Files.size(to) < maxBytes ? Result.OK : Result.TOO_LARGE;
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
