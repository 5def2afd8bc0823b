package lull.standins.s3;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Check whether a request carries a signature of version 4, in its headers or in its query, and one that is
/// not too old. See "Authenticating Requests: Using Query Parameters" in the reference of Amazon S3.
final class Signed {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private Signed() {}

    static void check(Context context, InstantSource clock) {
        if (context.queryParam("X-Amz-Signature") != null) {
            checkLife(context, clock.instant());
        } else if (!Optional.ofNullable(context.header("Authorization"))
                .orElse("")
                .startsWith("AWS4-HMAC-SHA256 ")) {
            throw denied("Access Denied");
        }
    }

    private static void checkLife(Context context, Instant now) {
        try {
            Instant signed = DATE.parse(
                    Optional.ofNullable(context.queryParam("X-Amz-Date")).orElse(""), Instant::from);
            Duration life = Duration.ofSeconds(Long.parseLong(
                    Optional.ofNullable(context.queryParam("X-Amz-Expires")).orElse("")));
            if (life.compareTo(LONGEST_LIFE) > 0) {
                throw new S3Exception(
                        400, "AuthorizationQueryParametersError", "X-Amz-Expires must be less than a week");
            }
            if (now.isAfter(signed.plus(life))) {
                throw denied("Request has expired");
            }
        } catch (DateTimeParseException | NumberFormatException unreadable) {
            throw new S3Exception(400, "AuthorizationQueryParametersError", "X-Amz-Date and X-Amz-Expires are needed");
        }
    }

    private static S3Exception denied(String message) {
        return new S3Exception(403, "AccessDenied", message);
    }
}
