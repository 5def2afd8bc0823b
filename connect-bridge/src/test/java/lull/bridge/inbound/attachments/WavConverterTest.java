package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Sound;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import lull.bridge.inbound.attachments.WavConverter.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class WavConverterTest {

    private static final long SEED = Long.getLong("lull.seed", System.nanoTime());
    private static final long LARGE = 20L << 20;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final WavConverter converter = new WavConverter(Optional.empty(), LONG, 2);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"440, 2.0, 1", "440, 2.0, 2", "1000, 0.5, 1", "300, 1.234, 1"})
    void aVoiceNoteBecomesAWavOfTheSameLengthWithItsTone(int hertz, double seconds, int channels) throws Exception {
        Wav wav = wav(VoiceNotes.tone(hertz, seconds, channels), LARGE);

        assertThat(wav.rate()).isEqualTo(16_000);
        assertThat((double) wav.samples().length / wav.rate()).isCloseTo(seconds, within(0.001));
        assertThat(wav.share(hertz)).isGreaterThan(0.9);
        assertThat(wav.share(hertz * 2 + 111)).isLessThan(0.05);
    }

    @Test
    void speechOfFewBitsIsDecodedToo() throws Exception {
        Wav wav = wav(VoiceNotes.speech(300, 2), LARGE);

        assertThat(wav.samples()).hasSize(32_000);
        assertThat(wav.share(300)).isGreaterThan(0.7);
    }

    @ParameterizedTest
    @CsvSource({"330_000, 16000", "300_000, 12000", "200_000, 8000"})
    void aLongOneHasFewerSamplesSoThatItFits(String maxBytes, int rate) throws Exception {
        long most = Long.parseLong(maxBytes.replace("_", ""));
        Wav wav = wav(VoiceNotes.tone(440, 10, 1), most);

        assertThat(wav.rate()).isEqualTo(rate);
        assertThat((double) wav.samples().length / rate).isCloseTo(10, within(0.001));
        assertThat(wav.share(440)).isGreaterThan(0.9);
        assertThat(Files.size(to())).isLessThan(most);
    }

    @Test
    void whatDoesNotFitIsNotDecoded() throws Exception {
        assertThat(convert(VoiceNotes.tone(440, 10, 1), 160_000)).isEqualTo(Result.TOO_LARGE);
        assertThat(to()).doesNotExist();
    }

    @Test
    void anHourIsTooLargeForConnect() throws Exception {
        assertThat(convert(VoiceNotes.longNote(3_600), LARGE)).isEqualTo(Result.TOO_LARGE);
        assertThat(to()).doesNotExist();
    }

    @Test
    void streamsThatAreChainedAreOneSound() throws Exception {
        byte[] chained = joined(
                VoiceNotes.tone(440, 1, 1),
                VoiceNotes.file(2, 2, 0, VoiceNotes.packets(440, 1, 2), 48_000 + VoiceNotes.SKIPPED));

        assertThat(wav(chained, LARGE).samples()).hasSize(32_000);
    }

    @Test
    void anotherStreamBesideItIsLeftOut() throws Exception {
        byte[] note = VoiceNotes.tone(440, 1, 1);
        byte[] other = VoiceNotes.page(9, 0, 2, 0, List.of("fishead\0".getBytes(StandardCharsets.US_ASCII)));

        assertThat(wav(joined(other, note), LARGE).samples()).hasSize(16_000);
    }

    @Test
    void aTruncatedOneHasTheSoundThatIsThere() throws Exception {
        byte[] note = VoiceNotes.tone(440, 4, 1);

        Wav wav = wav(Arrays.copyOf(note, note.length / 2), LARGE);

        assertThat(wav.samples().length).isBetween(12_000, 48_000);
        assertThat(wav.share(440)).isGreaterThan(0.9);
    }

    @Test
    void aDamagedPageIsLeftOut() throws Exception {
        byte[] note = VoiceNotes.tone(440, 4, 1);
        note[note.length / 2] ^= 1;

        assertThat(wav(note, LARGE).samples().length).isBetween(40_000, 52_000);
    }

    @Test
    void aPacketMayGoOverPages() throws Exception {
        byte[] packet = VoiceNotes.packets(440, 0.1, 1).get(3);
        // The same frame in a packet with padding: see RFC 6716, section 3.2.5.
        int padding = 700;
        byte[] padded = ByteBuffer.allocate(4 + 1 + packet.length - 1 + padding)
                .put((byte) (packet[0] | 3))
                .put((byte) 0x41)
                .put(new byte[] {(byte) 255, (byte) 255, (byte) (padding - 2 * 254)})
                .put(packet, 1, packet.length - 1)
                .array();
        byte[] file = joined(
                VoiceNotes.page(1, 0, 2, 0, List.of(VoiceNotes.head(1, 0))),
                VoiceNotes.page(1, 1, 0, 0, List.of("OpusTags".getBytes(StandardCharsets.US_ASCII))),
                VoiceNotes.page(1, 2, 0, -1, filled(2), Arrays.copyOf(padded, 510)),
                VoiceNotes.page(1, 3, 5, -1, List.of(Arrays.copyOfRange(padded, 510, padded.length))));

        assertThat(wav(file, LARGE).samples()).hasSize(320 - VoiceNotes.SKIPPED / 3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', DAMAGED",
        "OggS, UNSUPPORTED",
        "nothing of the kind, UNSUPPORTED",
        "RIFF, UNSUPPORTED",
    })
    void whatIsNoVoiceNoteIsRefused(String content, Result result) throws Exception {
        assertThat(convert(content.getBytes(StandardCharsets.UTF_8), LARGE)).isEqualTo(result);
    }

    @Test
    void aHeadWithoutSoundIsDamaged() throws Exception {
        assertThat(convert(VoiceNotes.file(1, 1, 0, List.of(), 0), LARGE)).isEqualTo(Result.DAMAGED);
        assertThat(convert(VoiceNotes.file(1, 1, 0, List.of(new byte[0], new byte[] {-1}), 0), LARGE))
                .isEqualTo(Result.DAMAGED);
    }

    @ParameterizedTest
    @CsvSource({"6, 1", "3, 1", "0, 0", "255, 255"})
    void manyChannelsAreLeftToTheProgram(int channels, int mapping) throws Exception {
        byte[] note = VoiceNotes.file(1, channels, mapping, VoiceNotes.packets(440, 0.1, 1), 4_800);

        assertThat(convert(note, LARGE)).isEqualTo(Result.UNSUPPORTED);
        WavConverter withProgram = new WavConverter(Optional.of(program("echo wav > \"$OUT\"")), LONG, 2);
        assertThat(withProgram.convert(Sound.OGG, from(), to(), LARGE, Slot.none()))
                .isEqualTo(Result.OK);
    }

    @ParameterizedTest
    @EnumSource(value = Sound.class, names = "OGG", mode = EnumSource.Mode.EXCLUDE)
    void otherSoundsNeedTheProgram(Sound sound) throws Exception {
        Files.writeString(from(), "sound");
        WavConverter withProgram = new WavConverter(Optional.of(program("echo wav > \"$OUT\"")), LONG, 2);

        assertThat(converter.convert(sound, from(), to(), LARGE, Slot.none())).isEqualTo(Result.UNSUPPORTED);
        assertThat(withProgram.convert(sound, from(), to(), LARGE, Slot.none())).isEqualTo(Result.OK);
    }

    @Test
    void voiceNotesNeedNoProgram() throws Exception {
        Files.write(from(), VoiceNotes.tone(440, 0.2, 1));
        WavConverter withProgram = new WavConverter(Optional.of(program("exit 1")), LONG, 2);

        assertThat(withProgram.convert(Sound.OGG, from(), to(), LARGE, Slot.none()))
                .isEqualTo(Result.OK);
    }

    /// On virtual threads they would occupy all carriers, and nothing else would run.
    @Test
    void voiceNotesAreDecodedAFewAtATimeOnThreadsOfTheirOwn() throws Exception {
        Files.write(from(), VoiceNotes.longNote(120));
        List<Future<Result>> all = new ArrayList<>();
        long most = 0;
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                Path to = directory.resolve("to" + i);
                all.add(virtual.submit(() -> converter.convert(Sound.OGG, from(), to, LARGE, Slot.none())));
            }
            while (all.stream().anyMatch(each -> !each.isDone())) {
                most = Math.max(
                        most,
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().equals("voice-note"))
                                .count());
            }
        }
        for (Future<Result> each : all) {
            assertThat(each.get()).isEqualTo(Result.OK);
        }
        assertThat(most).isBetween(1L, 2L);
    }

    @Test
    void aVoiceNoteThatFindsTooManyOthersIsTriedAgainLater() throws Exception {
        Files.write(from(), VoiceNotes.tone(440, 0.2, 1));
        WavConverter busy = new WavConverter(Optional.empty(), LONG, 1, new ConverterSlots(1, Duration.ZERO));

        try (Slot held = busy.slots(Sound.OGG).orElseThrow().take().orElseThrow()) {
            assertThat(busy.convert(Sound.OGG, from(), to(), LARGE, Slot.none()))
                    .isEqualTo(Result.BUSY);
            assertThat(busy.convert(Sound.OGG, from(), to(), LARGE, held)).isEqualTo(Result.OK);
        }
        assertThat(busy.convert(Sound.OGG, from(), to(), LARGE, Slot.none())).isEqualTo(Result.OK);
    }

    @Test
    void whatTakesTooLongIsGivenUp() throws Exception {
        Files.write(from(), VoiceNotes.tone(440, 1, 1));

        assertThat(new WavConverter(Optional.empty(), Duration.ofNanos(1), 2)
                        .convert(Sound.OGG, from(), to(), LARGE, Slot.none()))
                .isEqualTo(Result.TIMED_OUT);
    }

    /// Whatever is changed, the converter says what became of it, and writes no more than it may.
    @Test
    void nothingMakesItFail() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> packets = VoiceNotes.packets(440, 0.3, 1);
        for (int round = 0; round < 150; round++) {
            List<byte[]> changed = packets.stream().map(byte[]::clone).toList();
            for (int count = random.nextInt(40); count > 0; count--) {
                byte[] packet = changed.get(random.nextInt(changed.size()));
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            byte[] note = VoiceNotes.file(1, 1 + random.nextInt(2), 0, changed, random.nextLong());
            for (int count = random.nextInt(3); count > 0; count--) {
                note[random.nextInt(note.length)] = (byte) random.nextInt(256);
            }
            try {
                Result result = convert(Arrays.copyOf(note, note.length - random.nextInt(50)), 50_000);
                assertThat(result).as("seed %d", SEED).isNotEqualTo(Result.FAILED);
                if (result == Result.OK) {
                    assertThat(Files.size(to())).as("seed %d", SEED).isLessThan(50_000);
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
    }

    @Test
    void emptyPagesAreNoTrouble() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(VoiceNotes.page(1, 0, 2, 0, List.of(VoiceNotes.head(1, 0))));
        byte[] empty = VoiceNotes.page(1, 1, 0, 0, List.of());
        byte[] full = VoiceNotes.page(1, 1, 1, 0, filled(255), new byte[255 * 255]);
        for (int at = 0; at < 100_000; at++) {
            file.writeBytes(empty);
        }
        for (int at = 0; at < 100; at++) {
            file.writeBytes(full);
        }

        assertThat(convert(file.toByteArray(), LARGE)).isEqualTo(Result.DAMAGED);
    }

    private static byte[] filled(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 255);
        return bytes;
    }

    private Result convert(byte[] note, long maxBytes) throws Exception {
        Files.write(from(), note);
        return converter.convert(Sound.OGG, from(), to(), maxBytes, Slot.none());
    }

    private Wav wav(byte[] note, long maxBytes) throws Exception {
        assertThat(convert(note, maxBytes)).isEqualTo(Result.OK);
        return Wav.of(Files.readAllBytes(to()));
    }

    private Path from() {
        return directory.resolve("voice");
    }

    private Path to() {
        return directory.resolve("wav");
    }

    private SoundProgram program(String script) throws IOException {
        Path program = directory.resolve("program");
        Files.writeString(program, "#!/bin/sh\nfor OUT; do :; done\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return SoundProgram.find(program.toString(), "", new SoundProgram.Options(LONG, LONG, 1024, 2))
                .orElseThrow();
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /// A WAV file as players read it.
    private static final class Wav {

        private final int rate;
        private final short[] samples;

        private Wav(int rate, short[] samples) {
            this.rate = rate;
            this.samples = samples;
        }

        int rate() {
            return rate;
        }

        short[] samples() {
            return samples;
        }

        static Wav of(byte[] file) {
            ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
            assertThat(wav.getInt(4)).isEqualTo(file.length - 8);
            assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WAVEfmt ");
            assertThat(wav.getShort(20)).as("PCM").isEqualTo((short) 1);
            assertThat(wav.getShort(22)).as("channels").isEqualTo((short) 1);
            assertThat(wav.getInt(28)).isEqualTo(2 * wav.getInt(24));
            assertThat(wav.getShort(34)).as("bits").isEqualTo((short) 16);
            assertThat(wav.getInt(40)).isEqualTo(file.length - 44);
            short[] samples = new short[(file.length - 44) / 2];
            wav.position(44)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return new Wav(wav.getInt(24), samples);
        }

        /// How much of the sound's power is in a tone, from 0 to 1.
        double share(int hertz) {
            double sine = 0;
            double cosine = 0;
            double power = 0;
            for (int at = 0; at < samples.length; at++) {
                double angle = 2 * Math.PI * hertz * at / rate;
                sine += samples[at] * Math.sin(angle);
                cosine += samples[at] * Math.cos(angle);
                power += (double) samples[at] * samples[at];
            }
            return 2 * (sine * sine + cosine * cosine) / (samples.length * power);
        }
    }
}
