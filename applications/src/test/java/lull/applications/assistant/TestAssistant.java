package lull.applications.assistant;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.applications.ApplicationSettings;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.contract.application.TurnHandled;
import lull.contract.turn.Turn;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.jspecify.annotations.Nullable;

/// An assistant whose model answers what a test says.
final class TestAssistant {

    static final Instant START = Instant.parse("2026-03-01T10:00:05Z");

    final Deque<Completion> completions = new ArrayDeque<>();
    final List<String> instructions = new ArrayList<>();
    final List<String> turns = new ArrayList<>();
    final List<Duration> limits = new ArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Instant now = START;
    Instant until = START.plusSeconds(30);
    boolean isFollowed;
    List<TurnHandled> before = List.of();
    Map<String, String> voices = Map.of();

    /// What the archive has; null: it is not asked.
    @Nullable
    List<Past> history;

    private final Assistant assistant;

    TestAssistant(Path directory, Map<String, String> more) throws Exception {
        Path prompt = directory.resolve("prompt.txt");
        Files.writeString(prompt, "You work for a shop.");
        Map<String, String> all = new HashMap<>(Map.of(
                "destinations", "helper",
                "destination.helper.kind", "assistant",
                "destination.helper.prompt", prompt.toString(),
                "destination.helper.disclosure", ""));
        all.putAll(more);
        this.assistant = AssistantSettings.assistant(
                settings(all),
                "helper",
                this::complete,
                new Assistant.Sources(
                        (turn, known) -> history == null ? new KnownHistory(10).before(turn, known) : history,
                        (turn, limit) -> voices),
                Duration.ofSeconds(20),
                () -> now,
                new AssistantMetrics(registry, "helper"));
    }

    static Settings settings(Map<String, String> file) {
        return new SettingsLoader(ApplicationSettings.all(List.of("helper")), List.of(), Set.of()).load(Map.of(), file);
    }

    private Completion complete(String asked, String turn, Duration limit) {
        instructions.add(asked);
        turns.add(turn);
        limits.add(limit);
        return completions.size() == 1 ? completions.getFirst() : completions.removeFirst();
    }

    Application.Given give(Turn turn) throws InterruptedException {
        return assistant.give("turn_1", turn, new ConversationState(before, until, () -> isFollowed));
    }

    void expect(Turn turn) throws InterruptedException {
        assistant.expect(turn, new ConversationState(before, until, () -> false));
    }

    /// A model that answers this from now on.
    TestAssistant saying(String json) {
        completions.clear();
        completions.add(new Completion.Written(json, "gpt", 1_000, 100));
        return this;
    }

    /// An answer of the model.
    ///
    /// @param more members that are other ones, with single quotes
    static String answer(String content, String... more) {
        Map<String, String> members = new HashMap<>(Map.of(
                "shouldRespond", "true",
                "content", "'" + content + "'",
                "confidence", "0.9",
                "intent", "'question'",
                "handOver", "'no'",
                "summary", "'Asks something'",
                "actions", "[]"));
        for (int at = 0; at < more.length; at += 2) {
            members.put(more[at], more[at + 1]);
        }
        StringBuilder json = new StringBuilder("{");
        members.forEach(
                (name, value) -> json.append(json.length() == 1 ? "" : ",").append("'" + name + "':" + value));
        return json.append("}").toString().replace('\'', '"');
    }

    double count(String meter, String tag, String value) {
        var counter = registry.find(meter).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }

    BigDecimal cost() {
        return BigDecimal.valueOf(registry.get("lull.assistant.cost").counter().count());
    }
}
