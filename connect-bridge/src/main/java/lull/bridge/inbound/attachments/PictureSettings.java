package lull.bridge.inbound.attachments;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the conversion of pictures.
public final class PictureSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Integer> PIXELS = Setting.number(
            "picture.max.pixels",
            4_194_304,
            65_536,
            268_435_456,
            "Maximum width times height of a WebP picture, such as a sticker, that is converted to PNG; for a larger"
                    + " one the agent reads a note instead");

    static final Setting<Integer> MEBIBYTES = Setting.number(
            "picture.memory.mebibytes",
            128,
            32,
            65_536,
            "Heap of the process that converts one picture, in MiB; it is not part of the bridge's heap. The process needs"
                    + " about 64 MiB more. A picture that needs more heap is not converted");

    static final Setting<Duration> TIMEOUT = Setting.duration(
            "picture.timeout",
            "20s",
            SECOND,
            HOUR,
            "How long the conversion of one picture may take before it is aborted");

    static final Setting<Duration> CPU_TIME = Setting.duration(
            "picture.cpu.time",
            "3s",
            SECOND,
            HOUR,
            "CPU time that the conversion of one picture may use, in whole seconds, before it is aborted. It is limited"
                    + " by `/bin/sh` and `ulimit`, if the system has them");

    static final Setting<Integer> PROCESSES = Setting.number(
            "picture.processes",
            1,
            1,
            1000,
            "Maximum number of pictures that are converted at a time, each by a process of its own; further ones wait");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(PIXELS, MEBIBYTES, TIMEOUT, CPU_TIME, PROCESSES);

    private PictureSettings() {}

    /// Returns the converter of pictures to PNG.
    public static PngConverter converter(Settings settings) {
        return new PngConverter(new PngConverter.Options(
                settings.get(PIXELS),
                settings.get(MEBIBYTES),
                settings.get(TIMEOUT),
                settings.get(CPU_TIME),
                settings.get(PROCESSES)));
    }
}
