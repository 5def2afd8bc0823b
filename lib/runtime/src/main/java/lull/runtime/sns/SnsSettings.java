package lull.runtime.sns;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Setting;

/// Settings of services that receive notifications of SNS.
public final class SnsSettings {

    public static final Setting<Optional<URI>> ENDPOINT = Setting.optionalUri(
            "sns.endpoint",
            "Stand-in of SNS that is trusted instead of AWS, only for tests: certificates are not verified");

    public static final Setting<Duration> MAX_AGE = Setting.duration(
            "sns.max.age",
            "2h",
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "Maximum age of a notification; SNS's retries take at most an hour in total");

    public static final Setting<Integer> MAX_ENVELOPE_BYTES = Setting.number(
            "sns.max.envelope.bytes",
            512 * 1024,
            64 * 1024,
            4 * 1024 * 1024,
            "Maximum size of a notification's envelope, by HTTPS and by queue; larger ones are rejected. SNS sends"
                    + " at most 256 KiB, which JSON escapes make larger");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(ENDPOINT, MAX_AGE, MAX_ENVELOPE_BYTES);

    private SnsSettings() {}
}
