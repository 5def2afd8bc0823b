package lull.standins.s3;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bodies in the chunks of AWS: each with its length in hexadecimal and its signature in front, the last one empty, and
/// behind it the checksum. See "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
/// Chunks" in the reference of Amazon S3.
final class AwsChunks {

    private AwsChunks() {}

    static boolean isChunked(Context context) {
        return Optional.ofNullable(context.header("x-amz-content-sha256"))
                .orElse("")
                .startsWith("STREAMING-");
    }

    /// What the chunks hold; empty where they do not fit together.
    static Optional<byte[]> decode(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
        int at = 0;
        while (true) {
            int end = lineEnd(body, at);
            if (end < 0) {
                return Optional.empty();
            }
            String head = new String(body, at, end - at, StandardCharsets.US_ASCII);
            int length = length(head.split(";", 2)[0]);
            int start = end + 2;
            if (length == 0) {
                return Optional.of(content.toByteArray());
            }
            if (length < 0 || start + length + 2 > body.length) {
                return Optional.empty();
            }
            content.write(body, start, length);
            at = start + length + 2;
        }
    }

    private static int length(String hex) {
        try {
            return Integer.parseInt(hex, 16);
        } catch (NumberFormatException unreadable) {
            return -1;
        }
    }

    private static int lineEnd(byte[] body, int from) {
        for (int at = from; at + 1 < body.length; at++) {
            if (body[at] == '\r' && body[at + 1] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
