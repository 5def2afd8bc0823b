package lull.bridge.media;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import lull.bridge.media.FileRules.Sound;
import lull.bridge.media.WavConverter.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ffmpeg, or a program that takes the same arguments, which makes a WAV of a sound: one process for each sound, which
/// is killed when it takes too long. The WAV has one channel and 16,000 samples of 16 bits a second, 2 MB a minute.
public final class SoundProgram {

    private static final Logger log = LoggerFactory.getLogger(SoundProgram.class);
    private static final String SAMPLES_PER_SECOND = "16000";
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Path program;
    private final Duration timeout;

    private SoundProgram(Path program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /// The program of a name; empty if there is none.
    ///
    /// @param program a path, or a name in one of the folders of `path`
    /// @param path folders, separated as in the environment's `PATH`
    /// @param timeout after which a process is killed
    public static Optional<SoundProgram> find(String program, String path, Duration timeout) {
        List<Path> folders = program.contains(File.separator)
                ? List.of(Path.of(""))
                : Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .map(Path::of)
                        .toList();
        Optional<Path> found = folders.stream()
                .map(folder -> folder.resolve(program).toAbsolutePath())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
        log.atInfo()
                .addKeyValue("found", found.isPresent())
                .log("Looked for a converter of sounds other than voice notes");
        return found.map(file -> new SoundProgram(file, timeout));
    }

    /// Converts a file. If the result is not [Result#OK], what lies at `to` is of no use.
    ///
    /// @param maxBytes of the WAV
    Result convert(Sound sound, Path from, Path to, long maxBytes) throws InterruptedException {
        // The demuxer is named, as some that ffmpeg would find by itself open other files.
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "-nostdin",
                        "-v",
                        "quiet",
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
                        // It stops once it has written more than this.
                        "-fs",
                        Long.toString(maxBytes),
                        "-f",
                        "wav",
                        "-y",
                        to.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Our environment holds secrets.
        builder.environment().clear();
        try {
            return run(builder.start(), to, maxBytes);
        } catch (IOException e) {
            return Result.FAILED;
        }
    }

    private Result run(Process process, Path to, long maxBytes) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return Result.TIMED_OUT;
            }
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0 || Files.notExists(to)) {
            return Result.FAILED;
        }
        return Files.size(to) < maxBytes ? Result.OK : Result.TOO_LARGE;
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
