package lull.applications.voices;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lull.applications.turns.TestTurns;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.message.Flag;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.voice.Transcriber.Heard;
import lull.voice.VoiceNotes;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscribedVoicesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:05Z");

    /// Never over within a test.
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<String, Heard> said = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private MediaFolder folder;

    @BeforeEach
    void open() {
        folder = MediaFolder.open(directory.resolve("voices"), 10);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void hearsAllNotesOfATurnAndNothingElse() throws Exception {
        said.put("1", new Heard.Words("Hello"));
        said.put("2", new Heard.Words("It rains"));
        said.put("3", new Heard.Words(" "));
        said.put("4", new Heard.Refused("no sound"));

        assertThat(voices(LONG).heard(turn("1", "2", "3", "4"), NOW.plus(LONG)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("1", "Hello", "2", "It rains"));
        assertThat(count("heard")).isEqualTo(2);
        assertThat(count("nothing_said")).isEqualTo(2);
        assertThat(voices(LONG).heard(TestTurns.text(1, "helper", "Hello"), NOW.plus(LONG)))
                .isEmpty();
    }

    @Test
    void hearsNothingTwice() throws Exception {
        said.put("1", new Heard.Words("Hello"));
        TranscribedVoices voices = voices(LONG);

        assertThat(voices.heard(turn("1"), NOW.plus(LONG))).containsEntry("1", "Hello");
        assertThat(voices.heard(turn("1"), NOW.plus(LONG))).containsEntry("1", "Hello");
        assertThat(calls).hasValue(1);
    }

    @Test
    void triesANoteAgainThatIsNotThereYet() throws Exception {
        said.put("1", new Heard.Retry("later"));
        said.put("1 again", new Heard.Words("Hello"));

        assertThat(voices(LONG).heard(turn("1"), NOW.plus(LONG))).containsEntry("1", "Hello");
        assertThat(calls).hasValue(2);
    }

    @Test
    void doesNotWaitForANoteWhenTheTimeIsUp() throws Exception {
        said.put("1", new Heard.Words("Hello"));

        assertThat(voices(Duration.ofMillis(300)).heard(turn("1", "for ever"), NOW.plus(LONG)))
                .containsExactlyEntriesOf(Map.of("1", "Hello"));
        assertThat(count("too_late")).isOne();
        assertThat(voices(LONG).heard(turn("for ever"), NOW.plusMillis(200)))
                .as("half of the time is left for the model")
                .isEmpty();
        assertThat(voices(LONG).heard(turn("1"), NOW.minusSeconds(1))).isEmpty();
    }

    @Test
    void hearsNothingWhereAnOperatorHasSwitchedItOff() throws Exception {
        said.put("1", new Heard.Words("Hello"));
        ObjectNode json = (ObjectNode) Json.tree(Json.bytes(turn("1")));
        json.putObject("flags").put(Flag.TRANSCRIPTS.word(), false);
        Turn turn = Json.read(Json.bytes(json), Turn.class);

        assertThat(turn.isOn(Flag.TRANSCRIPTS, true)).isFalse();
        assertThat(voices(LONG).heard(turn, NOW.plus(LONG))).isEmpty();
        assertThat(calls).hasValue(0);
    }

    private TranscribedVoices voices(Duration longest) {
        VoiceNotes notes = new VoiceNotes(
                (media, number, into) -> {
                    write(into, media.mediaId());
                    return new Fetched.Here("audio/ogg", 1);
                },
                folder,
                voice -> {
                    int call = calls.incrementAndGet();
                    String id = read(voice);
                    if (id.equals("for ever")) {
                        never.await();
                    }
                    return requireNonNull(said.get(call == 2 && said.containsKey(id + " again") ? id + " again" : id));
                });
        return new TranscribedVoices(notes, longest, () -> NOW, new VoiceMetrics(registry, "helper"));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double count(String outcome) {
        return registry.get("lull.assistant.voices")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static Turn turn(String... notes) {
        TurnItem[] items = new TurnItem[notes.length];
        for (int at = 0; at < notes.length; at++) {
            var raw = Json.object();
            raw.put("type", "audio").putObject("audio").put("id", notes[at]).put("voice", true);
            items[at] = new TurnItem(
                    ContentKind.AUDIO,
                    null,
                    List.of(new TurnMessage("wamid." + notes[at], NOW, new Customer(null, "1", null), raw)));
        }
        return TestTurns.turn(1, "helper", items);
    }
}
