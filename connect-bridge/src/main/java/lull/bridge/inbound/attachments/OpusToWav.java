package lull.bridge.inbound.attachments;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import lull.bridge.inbound.attachments.OggReader.Packet;
import lull.bridge.inbound.attachments.WavConverter.Result;
import org.jspecify.annotations.Nullable;

/// Decoder of voice notes, Opus in Ogg, that writes a WAV of one channel and 16 bits a sample. It has
/// 16,000 samples a second, or fewer if the file would be too large. The file is read twice: first for
/// its duration, so that nothing is decoded that does not fit. Damaged packets become silence. Memory
/// does not depend on the file.
final class OpusToWav {

    private static final int OPUS_RATE = 48_000;
    private static final int[] RATES = {16_000, 12_000, 8_000};
    private static final int WAV_HEAD_BYTES = 44;
    private static final int SAMPLE_BYTES = 2;

    /// 120 ms, the longest packet of Opus.
    private static final int MOST_SAMPLES = 5_760;

    private static final byte[] OPUS_TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);

    private final Path from;
    private final BooleanSupplier isLate;

    /// @param isLate whether it has taken too long; checked after each packet
    OpusToWav(Path from, BooleanSupplier isLate) {
        this.from = from;
        this.isLate = isLate;
    }

    /// Fields of a head that are used: see RFC 7845, section 5.1.
    ///
    /// @param skipped samples at the beginning that are not audio
    /// @param gain in 1/256 dB
    private record Head(int version, int channels, int skipped, int gain, int mapping) {

        static Head of(byte[] data) {
            byte[] bytes = Arrays.copyOf(data, 19);
            ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return new Head(
                    bytes[8] & 0xff,
                    data.length < bytes.length ? 0 : bytes[9] & 0xff,
                    head.getShort(10) & 0xffff,
                    head.getShort(16),
                    bytes[18] & 0xff);
        }

        /// Whether it is one stream of one or two channels, which can be decoded.
        boolean isKnown() {
            return version < 16 && channels >= 1 && channels <= 2 && mapping == 0;
        }
    }

    /// Listener to the packets of a file, in order.
    private interface Listener {
        void start(Head head) throws IOException, OpusException;

        void sound(Packet packet) throws IOException;
    }

    /// Converts the file. If the result is not [Result#OK], the content at `to` is of no use.
    ///
    /// @param maxBytes of the WAV
    Result convert(Path to, long maxBytes) throws IOException, InterruptedException {
        Length length = new Length();
        Result found = read(length);
        if (found != Result.OK) {
            return found;
        }
        if (length.samples == 0) {
            return Result.DAMAGED;
        }
        for (int rate : RATES) {
            if (WAV_HEAD_BYTES + (length.samples / (OPUS_RATE / rate) + 1) * SAMPLE_BYTES < maxBytes) {
                return decode(to, rate);
            }
        }
        return Result.TOO_LARGE;
    }

    private Result decode(Path to, int rate) throws IOException, InterruptedException {
        long samples;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            out.write(new byte[WAV_HEAD_BYTES]);
            Sound sound = new Sound(out, rate);
            Result read = read(sound);
            if (read != Result.OK) {
                return read;
            }
            if (sound.decoded == 0 || sound.damaged > sound.decoded) {
                return Result.DAMAGED;
            }
            samples = sound.written;
        }
        writeHead(to, rate, samples);
        return Result.OK;
    }

    private Result read(Listener listener) throws IOException, InterruptedException {
        boolean isOpus = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
            OggReader reader = new OggReader(in);
            for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (isLate.getAsBoolean()) {
                    return Result.TIMED_OUT;
                }
                if (packet.isHead()) {
                    Head head = Head.of(packet.data());
                    if (!head.isKnown()) {
                        return Result.UNSUPPORTED;
                    }
                    isOpus = true;
                    listener.start(head);
                } else if (!isTags(packet.data()) && packet.data().length > 0) {
                    listener.sound(packet);
                }
            }
        } catch (OpusException e) {
            return Result.UNSUPPORTED;
        }
        return isOpus ? Result.OK : Result.UNSUPPORTED;
    }

    private static boolean isTags(byte[] data) {
        return data.length >= OPUS_TAGS.length
                && Arrays.equals(data, 0, OPUS_TAGS.length, OPUS_TAGS, 0, OPUS_TAGS.length);
    }

    private static void writeHead(Path to, int rate, long samples) throws IOException {
        int bytes = Math.toIntExact(samples * SAMPLE_BYTES);
        ByteBuffer head = ByteBuffer.allocate(WAV_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEAD_BYTES - 8 + bytes);
        head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        head.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * SAMPLE_BYTES);
        head.putShort((short) SAMPLE_BYTES).putShort((short) (8 * SAMPLE_BYTES));
        head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        try (SeekableByteChannel file = Files.newByteChannel(to, StandardOpenOption.WRITE)) {
            file.write(head.flip());
        }
    }

    /// Listener that adds up the durations of the packets.
    private static final class Length implements Listener {

        private long samples;

        @Override
        public void start(Head head) {}

        @Override
        public void sound(Packet packet) {
            samples += Math.max(samplesOf(packet, OPUS_RATE), 0);
        }
    }

    private static int samplesOf(Packet packet, int rate) {
        return OpusPacketInfo.getNumSamples(packet.data(), 0, packet.data().length, rate);
    }

    /// Listener that decodes packets and writes their audio.
    private static final class Sound implements Listener {

        private final OutputStream out;
        private final int rate;
        private final short[] samples = new short[MOST_SAMPLES];
        private final byte[] bytes = new byte[MOST_SAMPLES * SAMPLE_BYTES];
        private @Nullable OpusDecoder decoder;
        private Head head = new Head(0, 0, 0, 0, 0);
        private long position;
        private int decoded;
        private int damaged;
        private long written;

        Sound(OutputStream out, int rate) {
            this.out = out;
            this.rate = rate;
        }

        @Override
        public void start(Head head) throws OpusException {
            this.head = head;
            decoder = new OpusDecoder(rate, 1);
            decoder.setGain(head.gain());
            position = 0;
        }

        @Override
        public void sound(Packet packet) throws IOException {
            int length = samplesOf(packet, rate);
            if (length <= 0) {
                damaged++;
                return;
            }
            decode(packet, length);
            long skipped = Math.clamp(head.skipped() / (OPUS_RATE / rate) - position, 0, length);
            long end = length;
            if (packet.isLast() && packet.granule() >= 0) {
                // The last packet may have padding.
                end = Math.clamp(packet.granule() / (OPUS_RATE / rate) - position, skipped, length);
            }
            write((int) skipped, (int) end);
            position += length;
        }

        private void decode(Packet packet, int length) {
            int made = 0;
            try {
                OpusDecoder current = decoder;
                made = current == null
                        ? 0
                        : current.decode(packet.data(), 0, packet.data().length, samples, 0, MOST_SAMPLES, false);
                decoded++;
            } catch (OpusException | RuntimeException | AssertionError e) {
                // The decoder also uses assertions to check what it reads.
                damaged++;
            }
            if (made < length) {
                Arrays.fill(samples, Math.max(made, 0), length, (short) 0);
            }
        }

        private void write(int from, int to) throws IOException {
            for (int at = from; at < to; at++) {
                bytes[SAMPLE_BYTES * at] = (byte) samples[at];
                bytes[SAMPLE_BYTES * at + 1] = (byte) (samples[at] >> 8);
            }
            out.write(bytes, SAMPLE_BYTES * from, SAMPLE_BYTES * (to - from));
            written += to - from;
        }
    }
}
