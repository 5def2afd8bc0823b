package lull.bridge.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.media.FileRules.Sound;
import lull.bridge.media.WavConverter.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SoundProgramTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PATH = Objects.requireNonNullElse(System.getenv("PATH"), "");

    @TempDir
    private Path directory;

    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void lay() throws IOException {
        from = Files.writeString(directory.resolve("voice"), "OggS");
        to = directory.resolve("wav");
    }

    @Test
    void theProgramIsToldWhatToDoAndGetsNothingOfOurEnvironment() throws Exception {
        SoundProgram found = program("{ echo \"$@\"; env; } > \"$OUT\"", LONG);

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.OK);

        assertThat(Files.readString(to))
                .contains("-f ogg -i " + from + " -vn -ac 1 -ar 16000 -c:a pcm_s16le -fs 10000 -f wav -y " + to)
                .doesNotContain("HOME=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo wav > \"$OUT\"; exit 1 | FAILED",
                "exit 0 | FAILED",
                "head -c 10000 /dev/zero > \"$OUT\" | TOO_LARGE",
                "head -c 9999 /dev/zero > \"$OUT\" | OK",
            })
    void saysWhatBecameOfASound(String script, Result result) throws Exception {
        assertThat(program(script, LONG).convert(Sound.OGG, from, to, 10_000)).isEqualTo(result);
    }

    @Test
    void whatTakesTooLongIsKilledWithAllThatItHasStarted() throws Exception {
        SoundProgram found = program("sleep 600 & echo $! > " + directory + "/child; wait", Duration.ofSeconds(2));

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.TIMED_OUT);

        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent() && !isZombie(child))
                .isFalse();
    }

    @Test
    void aProgramIsFoundByItsNameOrItsPathWhereItCanBeRun() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path tool = Files.createFile(
                tools.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(tools.resolve("text"));
        String path = directory + File.pathSeparator + tools;

        assertThat(SoundProgram.find("tool", path, LONG)).isPresent();
        assertThat(SoundProgram.find(tool.toString(), "", LONG)).isPresent();
        assertThat(SoundProgram.find("text", path, LONG)).isEmpty();
        assertThat(SoundProgram.find("other", path, LONG)).isEmpty();
    }

    @Test
    void theRealOneMakesAWavOfAVoiceNote() throws Exception {
        Optional<SoundProgram> found = SoundProgram.find("ffmpeg", PATH, LONG);
        assumeTrue(found.isPresent(), "There is no ffmpeg here");
        Path voice = directory.resolve("voice.ogg");
        Process made = new ProcessBuilder(
                        "ffmpeg", "-v", "quiet", "-f", "lavfi", "-i", "sine=duration=2", "-c:a", "libopus", voice + "")
                .start();
        assertThat(made.waitFor()).isZero();

        assertThat(found.get().convert(Sound.OGG, voice, to, 1 << 20)).isEqualTo(Result.OK);

        // Two seconds of 16,000 samples of two bytes, and a head.
        assertThat(Files.size(to)).isBetween(63_000L, 66_000L);
        assertThat(Files.readAllBytes(to)).startsWith('R', 'I', 'F', 'F');
        assertThat(found.get().convert(Sound.OGG, voice, to, 10_000)).isEqualTo(Result.TOO_LARGE);
        assertThat(found.get().convert(Sound.AMR, voice, to, 1 << 20)).isEqualTo(Result.FAILED);
    }

    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && Files.readString(stat).contains(") Z ");
    }

    private SoundProgram program(String script, Duration timeout) throws IOException {
        Path program = directory.resolve("program");
        Files.writeString(program, "#!/bin/sh\nfor OUT; do :; done\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return SoundProgram.find(program.toString(), "", timeout).orElseThrow();
    }
}
