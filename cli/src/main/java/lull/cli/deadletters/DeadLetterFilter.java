package lull.cli.deadletters;

import java.time.Instant;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Choice of dead letters. What is absent chooses all.
///
/// @param ids only these; empty: all
/// @param topic the dead-letter topic, or the one to which they belong
/// @param reason the word in their headers, in upper or lower case
/// @param conversation the whole key, or the customer's part of it
/// @param since the earliest time
/// @param until the time before which they are
/// @param withHandled whether those count that were replayed or discarded before
public record DeadLetterFilter(
        Set<String> ids,
        @Nullable String topic,
        @Nullable String reason,
        @Nullable String conversation,
        @Nullable Instant since,
        @Nullable Instant until,
        boolean withHandled) {

    /// Chooses all, also those that were handled.
    static final DeadLetterFilter ALL = new DeadLetterFilter(Set.of(), null, null, null, null, null, true);

    private static final Pattern POSITION = Pattern.compile(".*-([0-9]{1,9})-([0-9]{1,18})");

    public DeadLetterFilter {
        ids = Set.copyOf(ids);
    }

    /// Whether nothing but the default chooses.
    public boolean isAll() {
        return ids.isEmpty()
                && topic == null
                && reason == null
                && conversation == null
                && since == null
                && until == null;
    }

    /// Whether a dead-letter topic can have any that are chosen.
    public boolean mayHave(String letters, String of) {
        return (topic == null || topic.equals(letters) || topic.equals(of))
                && (ids.isEmpty() || ids.stream().anyMatch(id -> id.startsWith(letters + "-")));
    }

    /// Returns the offsets of the ids, by partition; empty if there are no ids, so that all offsets count.
    Map<Integer, LongSummaryStatistics> offsets(String letters) {
        Map<Integer, LongSummaryStatistics> offsets = new HashMap<>();
        for (String id : ids) {
            Matcher position = POSITION.matcher(id);
            if (id.startsWith(letters + "-") && position.matches()) {
                offsets.computeIfAbsent(Integer.parseInt(position.group(1)), _ -> new LongSummaryStatistics())
                        .accept(Long.parseLong(position.group(2)));
            }
        }
        return offsets;
    }

    public boolean has(DeadLetter letter) {
        return (withHandled || letter.handled() == null)
                && (ids.isEmpty() || ids.contains(letter.id()))
                && (reason == null || reason.equalsIgnoreCase(letter.reason()))
                && (conversation == null || letter.isOf(conversation))
                && (since == null || !letter.at().isBefore(since))
                && (until == null || letter.at().isBefore(until));
    }
}
