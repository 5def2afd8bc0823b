package lull.local.transcribe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.voice.AwsTranscriber;
import lull.voice.Transcriber.Heard;
import lull.voice.TranscriberMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real client of the AWS SDK, with its HTTP/2 and its signed events, against a stand-in.
final class AwsTranscriberTest {

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TranscribeStandIn standIn = new TranscribeStandIn();
    private final AwsTranscriber transcriber = new AwsTranscriber(
            new AwsTranscriber.Options(
                    List.of("en-US", "de-DE"),
                    "us-east-1",
                    Optional.of(standIn.uri()),
                    true,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    4),
            new TranscriberMetrics(registry));

    @AfterEach
    void stop() {
        transcriber.close();
        standIn.close();
    }

    @Test
    void hearsTheWholeNoteInPieces() throws Exception {
        String words = "Grüße. ".repeat(5_000).strip();

        assertThat(hear(OggOpus.of(16_000, "says:" + words))).isEqualTo(new Heard.Words(words));
        assertThat(standIn.rate()).isEqualTo("16000");
        assertThat(hear(OggOpus.of(0, "silence"))).isEqualTo(new Heard.Words(""));
        assertThat(standIn.rate()).isEqualTo("48000");
        assertThat(registry.get("lull.bridge.transcribe.calls")
                        .tag("result", "ok")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void tellsWhatWillNeverBeUnderstoodFromWhatMayBeLater() throws Exception {
        assertThat(hear("no Opus".getBytes(UTF_8))).isInstanceOf(Heard.Refused.class);
        assertThat(hear(OggOpus.of(16_000, "noise"))).isInstanceOf(Heard.Refused.class);
        standIn.failNext(1);
        assertThat(hear(OggOpus.of(16_000, "says:Hi"))).isEqualTo(new Heard.Retry("Transcribe answers 503"));
        standIn.close();
        assertThat(hear(OggOpus.of(16_000, "says:Hi"))).isInstanceOf(Heard.Retry.class);
    }

    private Heard hear(byte[] note) throws Exception {
        return transcriber.transcribe(Files.write(directory.resolve("note"), note));
    }
}
