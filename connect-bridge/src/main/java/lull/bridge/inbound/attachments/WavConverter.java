package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Sound;
import lull.runtime.log.FailurePlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Converter of audio to WAV. Voice notes, Opus in Ogg, are decoded in this process; all other formats
/// need a program. Decoding takes seconds of CPU time and never blocks, so it has a few threads of its
/// own: on virtual threads it would keep everything else in this process from running.
public final class WavConverter {

    private static final Logger log = LoggerFactory.getLogger(WavConverter.class);

    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    /// Number of voice notes per thread that may be in progress: while one is decoded, others are
    /// downloaded.
    private static final int NOTES_OF_A_THREAD = 4;

    private final Optional<SoundProgram> program;
    private final Duration timeout;
    private final ConverterSlots notes;
    private final Semaphore threads;

    /// @param program for formats that are not decoded here
    /// @param timeout after which decoding of a voice note is given up
    /// @param threads the maximum number of voice notes that are decoded at a time; further ones wait
    public WavConverter(Optional<SoundProgram> program, Duration timeout, int threads) {
        this(program, timeout, threads, new ConverterSlots(NOTES_OF_A_THREAD * threads));
    }

    WavConverter(Optional<SoundProgram> program, Duration timeout, int threads, ConverterSlots notes) {
        this.program = program;
        this.timeout = timeout;
        this.threads = new Semaphore(threads, true);
        this.notes = notes;
    }

    /// Result of a conversion.
    enum Result {
        /// The WAV file is complete.
        OK("it was converted"),
        /// It would be larger than allowed.
        TOO_LARGE("the WAV file is larger than the maximum size of a file"),
        /// It was not complete in time, or within the allowed CPU time.
        TIMED_OUT("it took too long"),
        /// The program fails, needs more memory than allowed, or does not run.
        FAILED("the converter failed, or needed more memory than voice.memory.mebibytes"),
        /// It contains no audio that can be decoded.
        DAMAGED("it contains no audio, or most of it is damaged"),
        /// The maximum number of conversions is running.
        BUSY("all voice.processes are in use"),
        /// It is not decoded here, and there is no program.
        UNSUPPORTED("it is not Opus with one or two channels in Ogg, and no converter for other formats is available");

        private final String words;

        Result(String words) {
            this.words = words;
        }
    }

    /// Returns the slots of which a conversion certainly needs one; empty if it is not converted at
    /// all.
    Optional<ConverterSlots> slots(Sound sound) {
        return sound == Sound.OGG ? Optional.of(notes) : program.map(SoundProgram::slots);
    }

    /// Converts a file. If the result is not [Result#OK], the content at `to` is of no use.
    ///
    /// @param maxBytes of the WAV
    /// @param held one of the [#slots], if there are any
    Result convert(Sound sound, Path from, Path to, long maxBytes, ConverterSlots.Slot held)
            throws InterruptedException {
        Result result = sound == Sound.OGG ? decode(from, to, maxBytes, held) : Result.UNSUPPORTED;
        if (result == Result.UNSUPPORTED && program.isPresent()) {
            result = byProgram(program.get(), sound, from, to, maxBytes, held);
        }
        if (result != Result.OK) {
            log.atInfo()
                    .addKeyValue("sound", sound)
                    .addKeyValue("error", result.words)
                    .log("An audio file was not converted");
        }
        return result;
    }

    private static Result byProgram(
            SoundProgram program, Sound sound, Path from, Path to, long maxBytes, ConverterSlots.Slot held)
            throws InterruptedException {
        if (held.isOf(program.slots())) {
            return program.convert(sound, from, to, maxBytes);
        }
        Optional<ConverterSlots.Slot> taken = program.slots().take();
        if (taken.isEmpty()) {
            return Result.BUSY;
        }
        try (ConverterSlots.Slot _ = taken.get()) {
            return program.convert(sound, from, to, maxBytes);
        }
    }

    private Result decode(Path from, Path to, long maxBytes, ConverterSlots.Slot held) throws InterruptedException {
        if (held.isOf(notes)) {
            Result result = decode(from, to, maxBytes);
            // The program has slots of its own.
            held.close();
            return result;
        }
        Optional<ConverterSlots.Slot> taken = notes.take();
        if (taken.isEmpty()) {
            return Result.BUSY;
        }
        try (ConverterSlots.Slot _ = taken.get()) {
            return decode(from, to, maxBytes);
        }
    }

    private Result decode(Path from, Path to, long maxBytes) throws InterruptedException {
        threads.acquire();
        try {
            return decodeOnThread(from, to, maxBytes);
        } finally {
            threads.release();
        }
    }

    private Result decodeOnThread(Path from, Path to, long maxBytes) throws InterruptedException {
        FutureTask<Result> task = new FutureTask<>(() -> decodeHere(from, to, maxBytes));
        Thread thread = Thread.ofPlatform().daemon().name("voice-note").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            log.atWarn()
                    .addKeyValue("error", FailurePlace.withCauses(e))
                    .log("A voice note could not be decoded for a reason that is not expected");
            return Result.FAILED;
        } finally {
            // If this thread was interrupted, the files must not be used any more.
            thread.interrupt();
            thread.join(END_LIMIT);
        }
    }

    private Result decodeHere(Path from, Path to, long maxBytes) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return Files.size(from) == 0
                    ? Result.DAMAGED
                    : new OpusToWav(from, () -> System.nanoTime() - start > timeout.toNanos()).convert(to, maxBytes);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("A voice note cannot be read or written");
            return Result.FAILED;
        }
    }
}
