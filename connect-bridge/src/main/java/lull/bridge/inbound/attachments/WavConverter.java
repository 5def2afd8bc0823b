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

/// Converter of sounds to WAV. Voice notes, Opus in Ogg, are decoded here; all else needs a program. Decoding takes
/// seconds of CPU time and never waits, so it has threads of its own, a few at a time: on virtual threads it would keep
/// everything else of this process from running.
public final class WavConverter {

    private static final Logger log = LoggerFactory.getLogger(WavConverter.class);

    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    /// So many voice notes for each thread may be on their way: while one is decoded, others are downloaded.
    private static final int NOTES_OF_A_THREAD = 4;

    private final Optional<SoundProgram> program;
    private final Duration timeout;
    private final ConverterSlots notes;
    private final Semaphore threads;

    /// @param program for what is not decoded here
    /// @param timeout after which decoding a voice note is given up
    /// @param threads the most voice notes that are decoded at a time; further ones wait
    public WavConverter(Optional<SoundProgram> program, Duration timeout, int threads) {
        this(program, timeout, threads, new ConverterSlots(NOTES_OF_A_THREAD * threads));
    }

    WavConverter(Optional<SoundProgram> program, Duration timeout, int threads, ConverterSlots notes) {
        this.program = program;
        this.timeout = timeout;
        this.threads = new Semaphore(threads, true);
        this.notes = notes;
    }

    /// What became of a sound.
    enum Result {
        /// The WAV is there.
        OK("it was converted"),
        /// It would be larger than it may be.
        TOO_LARGE("the WAV file is larger than the maximum size of a file"),
        /// It was not there in time, or within the CPU time that it may take.
        TIMED_OUT("it took too long"),
        /// The program refuses, needs more memory than it may have, or does not run.
        FAILED("the converter failed, or needed more memory than voice.memory.mebibytes"),
        /// There is no sound in it that can be decoded.
        DAMAGED("it contains no audio, or most of it is damaged"),
        /// As many are converted now as may be at a time.
        BUSY("all voice.processes are in use"),
        /// It is not decoded here, and there is no program.
        UNSUPPORTED("it is not Opus with one or two channels in Ogg, and no converter for other formats is available");

        private final String words;

        Result(String words) {
            this.words = words;
        }
    }

    /// What a sound certainly needs one of; empty if it is not converted at all.
    Optional<ConverterSlots> slots(Sound sound) {
        return sound == Sound.OGG ? Optional.of(notes) : program.map(SoundProgram::slots);
    }

    /// Converts a file. If the result is not [Result#OK], what lies at `to` is of no use.
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
            // If this thread was interrupted: the files must not be used any more.
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
