package lull.console.sources;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Access to the dead letters of an installation. Calls may take several seconds and are safe for several threads.
public interface DeadLetterPort {

    /// Dead letter without what customers and agents wrote.
    ///
    /// @param id by which operators name it
    /// @param topic to which it belongs
    /// @param at when it became a dead letter
    /// @param reason the word of its reason
    /// @param message what is wrong, in words that quote nothing
    /// @param key of the record, which may have a customer's number; empty if it has none
    /// @param maskedKey the key without what is personal
    /// @param handled what was done with it; absent: nothing yet
    /// @param problem why it would be a dead letter again; absent: it would be handled
    record Letter(
            String id,
            String topic,
            Instant at,
            String reason,
            String message,
            String key,
            String maskedKey,
            int bytes,
            @Nullable Handling handled,
            @Nullable String problem) {

        @Override
        public String toString() {
            return "Letter[" + id + "]";
        }
    }

    /// What was done with a dead letter.
    ///
    /// @param what it was, and by whom
    /// @param why in the words of who did it; empty if none were given
    record Handling(String what, Instant at, String why) {}

    /// Choice of dead letters. What is absent chooses all.
    ///
    /// @param ids only these; empty: all
    /// @param topic the dead-letter topic, or the one to which they belong
    /// @param reason the word of their reason, in upper or lower case
    /// @param conversation the whole key, or the customer's part of it
    /// @param since the earliest time
    /// @param until the time before which they are
    /// @param withHandled whether those count with which something was done
    record Filter(
            Set<String> ids,
            @Nullable String topic,
            @Nullable String reason,
            @Nullable String conversation,
            @Nullable Instant since,
            @Nullable Instant until,
            boolean withHandled) {

        public Filter {
            ids = Set.copyOf(ids);
        }

        /// Chooses by ids, also those with which something was done.
        public static Filter ofIds(Set<String> ids) {
            return new Filter(ids, null, null, null, null, null, true);
        }

        @Override
        public String toString() {
            return "Filter[]";
        }
    }

    /// Dead letters that were found.
    ///
    /// @param letters those of the page: first those with which nothing was done, newest first
    /// @param count how many there are on all pages
    /// @param next where the next page begins; empty on the last one
    record Found(List<Letter> letters, int count, String next) {

        public Found {
            letters = List.copyOf(letters);
        }
    }

    /// What sending dead letters again would do.
    ///
    /// @param replayable how many would be handled
    /// @param problems how many would be dead letters again, by the reason
    record Trial(int replayable, Map<String, Integer> problems) {

        public Trial {
            problems = Collections.unmodifiableMap(new TreeMap<>(problems));
        }

        /// How many were tried.
        public int count() {
            return replayable
                    + problems.values().stream().mapToInt(each -> each).sum();
        }
    }

    /// Result of a change.
    ///
    /// @param done how many were sent again or discarded
    /// @param left the first of those with which nothing was done, each with the reason
    /// @param leftCount how many these are
    record Result(int done, List<String> left, int leftCount) {

        public Result {
            left = List.copyOf(left);
        }
    }

    /// Thrown if the dead letters cannot be read or changed now.
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        /// @param reason in a sentence, with what to do
        public Unavailable(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /// Finds dead letters.
    ///
    /// @param after where the page begins, as an answer said it; empty: the first page
    /// @param max how many are returned; all are counted
    Found find(Filter filter, String after, int max) throws Unavailable, InterruptedException;

    /// Tries what sending dead letters again would do.
    Trial dryRun(Filter filter) throws Unavailable, InterruptedException;

    /// Returns the value of a dead letter, which may be what customers and agents wrote, as text; empty if there is
    /// no such dead letter.
    String value(String id) throws Unavailable, InterruptedException;

    /// Sends dead letters to their topics again, each once.
    ///
    /// @param by the author
    Result replay(Filter filter, String by) throws Unavailable, InterruptedException;

    /// Records that nothing is to be done with dead letters.
    ///
    /// @param by the author
    Result discard(Filter filter, String by, String why) throws Unavailable, InterruptedException;
}
