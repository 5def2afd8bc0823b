package lull.bridge.inbound.attachments;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Voice notes as a phone makes them: a tone, encoded as Opus in packets of 20 ms, in pages of Ogg.
final class VoiceNotes {

    static final int SKIPPED = 312;

    private static final int RATE = 48_000;
    private static final int FRAME = RATE / 50;

    private VoiceNotes() {}

    /// A file with a tone.
    static byte[] tone(int hertz, double seconds, int channels) {
        return file(1, channels, 0, packets(hertz, seconds, channels), Math.round(seconds * RATE) + SKIPPED);
    }

    /// A file of the same packet over and over, which is quicker to make.
    static byte[] longNote(int seconds) {
        List<byte[]> one = packets(440, 0.1, 1);
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < seconds * 50; at++) {
            all.add(one.get(2 + at % 3));
        }
        return file(1, 1, 0, all, (long) seconds * RATE);
    }

    /// A file as WhatsApp makes it of speech: few bits, by the part of Opus that is made for voices.
    static byte[] speech(int hertz, double seconds) {
        List<byte[]> packets = packets(hertz, seconds, 1, OpusApplication.OPUS_APPLICATION_VOIP, 16_000);
        return file(1, 1, 0, packets, Math.round(seconds * RATE) + SKIPPED);
    }

    static List<byte[]> packets(int hertz, double seconds, int channels) {
        return packets(hertz, seconds, channels, OpusApplication.OPUS_APPLICATION_AUDIO, 32_000);
    }

    private static List<byte[]> packets(
            int hertz, double seconds, int channels, OpusApplication application, int bitsPerSecond) {
        try {
            OpusEncoder encoder = new OpusEncoder(RATE, channels, application);
            encoder.setBitrate(bitsPerSecond);
            encoder.setComplexity(1);
            List<byte[]> packets = new ArrayList<>();
            byte[] packet = new byte[1_275];
            int frames = (int) Math.ceil((seconds * RATE + SKIPPED) / FRAME);
            for (int frame = 0; frame < frames; frame++) {
                short[] samples = new short[FRAME * channels];
                for (int at = 0; at < samples.length; at++) {
                    long sample = (long) frame * FRAME + at / channels;
                    double time = (double) sample / RATE;
                    samples[at] = (short) (12_000 * Math.sin(2 * Math.PI * hertz * time));
                }
                int length = encoder.encode(samples, 0, FRAME, packet, 0, packet.length);
                packets.add(Arrays.copyOf(packet, length));
            }
            return packets;
        } catch (OpusException e) {
            throw new AssertionError(e);
        }
    }

    /// A file of packets.
    ///
    /// @param end where the sound ends, in samples
    static byte[] file(int serial, int channels, int mapping, List<byte[]> packets, long end) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(page(serial, 0, 2, 0, List.of(head(channels, mapping))));
        file.writeBytes(page(serial, 1, 0, 0, List.of("OpusTags\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII))));
        int number = 2;
        for (int at = 0; at < packets.size(); at += 50) {
            List<byte[]> some = packets.subList(at, Math.min(packets.size(), at + 50));
            boolean isLast = at + 50 >= packets.size();
            long granule = isLast ? end : (at + 50L) * FRAME;
            file.writeBytes(page(serial, number++, isLast ? 4 : 0, granule, some));
        }
        return file.toByteArray();
    }

    static byte[] head(int channels, int mapping) {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) channels);
        head.putShort((short) SKIPPED).putInt(RATE).putShort((short) 0).put((byte) mapping);
        return head.array();
    }

    static byte[] page(int serial, int number, int flags, long granule, List<byte[]> packets) {
        ByteArrayOutputStream sizes = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int rest = packet.length; rest >= 255; rest -= 255) {
                sizes.write(255);
            }
            sizes.write(packet.length % 255);
            body.writeBytes(packet);
        }
        return page(serial, number, flags, granule, sizes.toByteArray(), body.toByteArray());
    }

    static byte[] page(int serial, int number, int flags, long granule, byte[] sizes, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(27 + sizes.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) flags)
                .putLong(granule);
        page.putInt(serial)
                .putInt(number)
                .putInt(0)
                .put((byte) sizes.length)
                .put(sizes)
                .put(body);
        page.putInt(22, OggReader.crc(0, page.array()));
        return page.array();
    }
}
