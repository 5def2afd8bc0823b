package lull.contract.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.DurationDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reader of foreign times. Only times of the years 1 to 9999 are accepted: any other would overflow as
/// soon as something is added to it, or it is converted to milliseconds or shown with a time zone. Use
/// it for every foreign time; a rule of the build forbids to parse one otherwise. Pure.
public final class Timestamps {

    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-30T23:59:59.999999999Z");
    private static final Duration MAX_SPAN = Duration.between(FIRST, LAST);

    private Timestamps() {}

    /// Parses seconds since 1970, as digits; empty if it is not such a time.
    public static Optional<Instant> ofEpochSecond(String digits) {
        try {
            return bounded(Instant.ofEpochSecond(Long.parseLong(digits.strip())));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Parses a time in the form of ISO 8601, such as `2026-11-21T10:15:30.123Z`; empty if it is not
    /// one.
    public static Optional<Instant> ofIso(String text) {
        try {
            return bounded(Instant.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /// Returns the time itself; empty if its year is not from 1 to 9999.
    public static Optional<Instant> bounded(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST) ? Optional.empty() : Optional.of(time);
    }

    /// Returns the module by which records read their times and durations.
    static SimpleModule module() {
        return new SimpleModule("lull-times")
                .addDeserializer(Instant.class, new BoundedInstant())
                .addDeserializer(Duration.class, new BoundedDuration());
    }

    private static final class BoundedInstant extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        BoundedInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Instant time = InstantDeserializer.INSTANT.deserialize(parser, context);
            // An empty text is not a time, and Jackson returns null for it.
            return time != null && bounded(time).isPresent()
                    ? time
                    : context.reportInputMismatch(this, "a time of the years 1 to 9999 is expected");
        }
    }

    private static final class BoundedDuration extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        BoundedDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Duration span = DurationDeserializer.INSTANCE.deserialize(parser, context);
            return span != null && span.abs().compareTo(MAX_SPAN) <= 0
                    ? span
                    : context.reportInputMismatch(this, "a duration of less than ten thousand years is expected");
        }
    }
}
