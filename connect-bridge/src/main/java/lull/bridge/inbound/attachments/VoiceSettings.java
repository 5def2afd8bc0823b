package lull.bridge.inbound.attachments;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the program that converts audio files.
public final class VoiceSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<String> CONVERTER = Setting.text(
            "voice.converter",
            "ffmpeg",
            "Program that converts audio files other than voice notes (AMR, AAC, MP3 and the like) to WAV, called"
                    + " with ffmpeg's arguments: a path, or a name that is searched in `PATH`. If it is not found,"
                    + " or set to `none`, agents read a note instead. Voice notes (Opus in Ogg) need no program");

    static final Setting<Duration> TIMEOUT = Setting.duration(
            "voice.timeout",
            "30s",
            SECOND,
            HOUR,
            "How long the conversion of one audio file may take before it is aborted");

    static final Setting<Duration> CPU_TIME = Setting.duration(
            "voice.cpu.time",
            "20s",
            SECOND,
            HOUR,
            "CPU time that `voice.converter` may use for one audio file, in whole seconds, before it is aborted");

    static final Setting<Integer> MEMORY_MEBIBYTES = Setting.number(
            "voice.memory.mebibytes",
            1024,
            0,
            65_536,
            "Memory (address space) that `voice.converter` may use for one audio file, in MiB; 0 means no limit."
                    + " Use 0 on systems whose `ulimit -v` has no effect, such as macOS");

    static final Setting<Integer> PROCESSES = Setting.number(
            "voice.processes",
            2,
            1,
            1000,
            "Maximum number of `voice.converter` processes at a time, and of voice notes that are decoded at a time;"
                    + " further audio files wait");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(CONVERTER, TIMEOUT, CPU_TIME, MEMORY_MEBIBYTES, PROCESSES);

    private VoiceSettings() {}

    /// Returns the converter to WAV. Throws [CannotStart] if there is no program at a configured path.
    ///
    /// @param path the folders in which programs are searched, as in `PATH`
    public static WavConverter converter(Settings settings, String path) {
        String program = settings.get(CONVERTER);
        Duration timeout = settings.get(TIMEOUT);
        Optional<SoundProgram> found = SoundProgram.find(
                program,
                path,
                new SoundProgram.Options(
                        timeout, settings.get(CPU_TIME), settings.get(MEMORY_MEBIBYTES), settings.get(PROCESSES)));
        if (found.isEmpty() && program.contains(File.separator)) {
            throw new CannotStart(CONVERTER.name()
                    + " is not a program that can be run with limits of CPU time and memory: " + program);
        }
        return new WavConverter(found, timeout, settings.get(PROCESSES));
    }
}
