package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Sound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Converter of sounds to WAV. Voice notes, Opus in Ogg, are decoded here; all else needs a program.
public final class WavConverter {

    private static final Logger log = LoggerFactory.getLogger(WavConverter.class);

    private final Optional<SoundProgram> program;
    private final Duration timeout;

    /// @param program for what is not decoded here
    /// @param timeout after which decoding a voice note is given up
    public WavConverter(Optional<SoundProgram> program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
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
        /// The program does not run now, because it runs as often as it may.
        BUSY("all voice.processes are in use"),
        /// It is not decoded here, and there is no program.
        UNSUPPORTED("it is not Opus with one or two channels in Ogg, and no converter for other formats is available");

        private final String words;

        Result(String words) {
            this.words = words;
        }
    }

    /// The processes that a sound certainly needs one of; empty if it is decoded here, or not at
    /// all.
    Optional<ConverterSlots> slots(Sound sound) {
        return sound == Sound.OGG ? Optional.empty() : program.map(SoundProgram::slots);
    }

    /// Converts a file. If the result is not [Result#OK], what lies at `to` is of no use.
    ///
    /// @param maxBytes of the WAV
    /// @param held one of the [#slots], if there are any
    Result convert(Sound sound, Path from, Path to, long maxBytes, ConverterSlots.Slot held)
            throws InterruptedException {
        Result result = sound == Sound.OGG ? decode(from, to, maxBytes) : Result.UNSUPPORTED;
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

    private Result decode(Path from, Path to, long maxBytes) throws InterruptedException {
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
