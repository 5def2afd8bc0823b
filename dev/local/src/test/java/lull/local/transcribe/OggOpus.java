package lull.local.transcribe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Voice notes that no phone could play: the head of an Opus stream, and a text in place of the sound.
public final class OggOpus {

    private OggOpus() {}

    /// A voice note.
    ///
    /// @param rate samples a second, as the head says
    public static byte[] of(int rate, String sound) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("OggS".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(new byte[24]);
        file.writeBytes("OpusHead".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(new byte[] {1, 1, 0, 0});
        for (int shift = 0; shift < 32; shift += 8) {
            file.write(rate >> shift);
        }
        file.writeBytes(sound.getBytes(StandardCharsets.UTF_8));
        return file.toByteArray();
    }
}
