package lull.runtime.sns;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Setting;

/// The settings of whoever receives notifications of SNS.
public final class SnsSettings {

    public static final Setting<Optional<URI>> ENDPOINT = Setting.optionalUri(
            "sns.endpoint",
            "A stand-in of SNS to believe instead of AWS, for tests only; certificates are not checked");

    public static final Setting<Duration> MAX_AGE = Setting.duration(
            "sns.max.age",
            "2h",
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "How old a notification may be; the pauses between SNS's attempts add up to an hour at most");

    public static final Setting<Integer> MAX_ENVELOPE_BYTES = Setting.number(
            "sns.max.envelope.bytes",
            512 * 1024,
            64 * 1024,
            4 * 1024 * 1024,
            "Largest envelope of a notification, by HTTPS and by a queue; a larger one is refused. SNS sends at most 256 KiB,"
                    + " which JSON's escapes make larger");

    /// All of them.
    public static final List<Setting<?>> ALL = List.of(ENDPOINT, MAX_AGE, MAX_ENVELOPE_BYTES);

    private SnsSettings() {}
}
