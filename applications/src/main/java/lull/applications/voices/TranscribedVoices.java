package lull.applications.voices;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lull.contract.message.Content;
import lull.contract.message.Flag;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.runtime.BoundedMap;
import lull.voice.Transcriber.Heard;
import lull.voice.VoiceNotes;

/// Voices by a service that transcribes: all notes of a turn at a time, each until it is known or the time is up. What
/// was understood is remembered, so that a turn that is tried again does not wait, and does not pay, again. Safe for
/// several threads.
public final class TranscribedVoices implements Voices {

    /// How many notes are remembered.
    private static final int REMEMBERED = 1_000;

    /// How soon a note is tried again that the service or WhatsApp does not have yet.
    private static final Duration RETRY = Duration.ofMillis(500);

    private final VoiceNotes notes;
    private final Duration longest;
    private final InstantSource clock;
    private final VoiceMetrics metrics;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// Guarded by itself.
    private final BoundedMap<String, String> known = new BoundedMap<>(REMEMBERED);

    /// @param longest how long a turn waits for its notes, and never longer than for half of the time that is left
    public TranscribedVoices(VoiceNotes notes, Duration longest, InstantSource clock, VoiceMetrics metrics) {
        this.notes = notes;
        this.longest = longest;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Map<String, String> heard(Turn turn, Instant until) throws InterruptedException {
        Map<String, Content.Media> asked = notes(turn);
        Duration left = Duration.between(clock.instant(), until).dividedBy(2);
        Duration limit = left.compareTo(longest) < 0 ? left : longest;
        Map<String, String> heard = remembered(asked);
        if (!asked.isEmpty() && limit.isPositive()) {
            hear(asked, turn.conversation().businessNumber(), limit);
            heard.putAll(remembered(asked));
        }
        asked.keySet().forEach(_ -> metrics.heard("too_late"));
        heard.values().forEach(words -> metrics.heard(words.isBlank() ? "nothing_said" : "heard"));
        heard.values().removeIf(String::isBlank);
        return heard;
    }

    /// Returns the voice notes of a turn by their media ids, in their order.
    private static Map<String, Content.Media> notes(Turn turn) {
        Map<String, Content.Media> notes = new LinkedHashMap<>();
        if (turn.isOn(Flag.TRANSCRIPTS, true)) {
            for (TurnItem item : turn.items()) {
                if (!item.hidden()
                        && VoiceNotes.isOne(item.content())
                        && item.content() instanceof Content.Media note) {
                    notes.put(note.mediaId(), note);
                }
            }
        }
        return notes;
    }

    /// Removes the notes that are known, and returns what is said in them.
    private Map<String, String> remembered(Map<String, Content.Media> asked) {
        Map<String, String> heard = new HashMap<>();
        synchronized (known) {
            asked.keySet().removeIf(id -> {
                String words = known.get(id);
                if (words != null) {
                    heard.put(id, words);
                }
                return words != null;
            });
        }
        return heard;
    }

    private void hear(Map<String, Content.Media> asked, String number, Duration limit) throws InterruptedException {
        List<Callable<Void>> tasks = new ArrayList<>();
        asked.forEach((id, note) -> tasks.add(() -> {
            hear(id, note, number);
            return null;
        }));
        for (Future<Void> task : threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS)) {
            if (task.state() == Future.State.FAILED && task.exceptionNow() instanceof RuntimeException bug) {
                throw bug;
            }
        }
    }

    /// Tries until the note is known, or the thread is interrupted.
    private void hear(String id, Content.Media note, String number) throws InterruptedException {
        while (true) {
            switch (notes.hear(note, number)) {
                case Heard.Words(String words) -> {
                    remember(id, words);
                    return;
                }
                case Heard.Refused _ -> {
                    remember(id, "");
                    return;
                }
                case Heard.Retry _ -> Thread.sleep(RETRY);
            }
        }
    }

    private void remember(String id, String words) {
        synchronized (known) {
            known.put(id, words);
        }
    }
}
