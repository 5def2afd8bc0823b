package lull.console.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import lull.console.sources.DeadLetterPort.Filter;
import lull.contract.json.Timestamps;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Choice of dead letters, as the fields of a form or the parameters of an address name it. Pure.
///
/// @param fields each with its text; empty: not given
/// @param since the earliest time; absent: any
/// @param until the time before which they are; absent: any
/// @param problem why there is no choice, in a sentence; empty if there is one
record LetterChoice(
        Map<String, String> fields,
        @Nullable Instant since,
        @Nullable Instant until,
        String problem) {

    static final List<String> NAMES = List.of("topic", "reason", "conversation", "since", "until", "all");

    LetterChoice {
        fields = Map.copyOf(fields);
    }

    /// @param text returns the text of a field; empty if it is not given
    static LetterChoice of(UnaryOperator<String> text, Instant now) {
        Map<String, String> fields = new LinkedHashMap<>();
        NAMES.forEach(name -> fields.put(name, text.apply(name)));
        try {
            return new LetterChoice(fields, time(text.apply("since"), now), time(text.apply("until"), now), "");
        } catch (IllegalArgumentException | DateTimeException e) {
            return new LetterChoice(
                    fields, null, null, "A time is one such as 2026-03-01T10:00:00Z, or a duration such as 2h ago");
        }
    }

    private static @Nullable Instant time(String text, Instant now) {
        if (text.isEmpty()) {
            return null;
        }
        Instant time = Timestamps.ofIso(text)
                .orElseGet(() ->
                        now.minus(Durations.parse(text.replaceFirst(" ago$", "").strip())));
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    /// Returns what the page lists.
    Filter filter() {
        return new Filter(
                Set.of(),
                given("topic"),
                given("reason"),
                given("conversation"),
                since,
                until,
                !text("all").isEmpty());
    }

    /// Returns those of the list with which nothing was done and that were there at a time.
    Filter openBefore(Instant time) {
        Instant end = until == null || time.isBefore(until) ? time : until;
        return new Filter(Set.of(), given("topic"), given("reason"), given("conversation"), since, end, false);
    }

    /// Returns how a record of an action names it, without what is personal.
    String words() {
        StringBuilder words = new StringBuilder("all dead letters");
        for (String name : List.of("topic", "reason", "since", "until")) {
            if (!text(name).isEmpty()) {
                words.append(", ").append(name).append(' ').append(text(name));
            }
        }
        return words + (text("conversation").isEmpty() ? "" : ", of one customer");
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    private @Nullable String given(String name) {
        return text(name).isEmpty() ? null : text(name);
    }

    @Override
    public String toString() {
        return "LetterChoice[]";
    }
}
