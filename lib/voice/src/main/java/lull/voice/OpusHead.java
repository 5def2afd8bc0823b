package lull.voice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// Head of an Opus stream in an Ogg file. See RFC 7845, section 5.1.
final class OpusHead {

    /// The head is in the first page, which contains nothing else.
    private static final int FIRST_PAGE_BYTES = 512;

    private static final String MAGIC = "OpusHead";
    private static final int RATE_OFFSET = 12;
    private static final int LEAST_RATE = 8_000;
    private static final int MOST_RATE = 48_000;

    private OpusHead() {}

    /// Returns the samples a second of the recording, from 8,000 to 48,000; empty if the file is not
    /// Opus in Ogg.
    static OptionalInt sampleRate(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sampleRate(in.readNBytes(FIRST_PAGE_BYTES));
        }
    }

    private static OptionalInt sampleRate(byte[] page) {
        int head = new String(page, StandardCharsets.ISO_8859_1).indexOf(MAGIC);
        if (head < 0 || head + RATE_OFFSET + 4 > page.length) {
            return OptionalInt.empty();
        }
        int rate = 0;
        for (int at = 3; at >= 0; at--) {
            rate = (rate << 8) | (page[head + RATE_OFFSET + at] & 0xff);
        }
        // 0 means unknown; Opus itself has 48,000.
        return OptionalInt.of(rate < LEAST_RATE || rate > MOST_RATE ? MOST_RATE : rate);
    }
}
