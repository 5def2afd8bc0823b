package lull.runtime.sns;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The reader of envelopes of SNS, for the test that feeds all readers.
public final class SnsReaders {

    private SnsReaders() {}

    public static SnsMessage envelope(byte[] body) {
        SnsPolicy rules = new SnsPolicy(
                Set.of("arn:aws:sns:us-east-1:111122223333:whatsapp"),
                Optional.of(URI.create("http://127.0.0.1:1")),
                512 * 1024,
                Duration.ofHours(1));
        return new SnsVerifier(rules, () -> Instant.parse("2026-01-05T10:00:00Z"), _ -> new byte[0]).verify(body);
    }
}
