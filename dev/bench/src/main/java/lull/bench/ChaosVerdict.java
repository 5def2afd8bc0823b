package lull.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Result of one way of a conversation: what was said there, compared with what was shown.
///
/// @param said how many texts
/// @param accounted what was not shown, or more than once, and is on record for that
/// @param missing what was not shown, with nothing on record: it may still come
/// @param flaws what was shown more than once with nothing on record, or out of order
record ChaosVerdict(int said, List<String> accounted, List<String> missing, List<String> flaws) {

    static final ChaosVerdict NOTHING = new ChaosVerdict(0, List.of(), List.of(), List.of());

    ChaosVerdict {
        accounted = List.copyOf(accounted);
        missing = List.copyOf(missing);
        flaws = List.copyOf(flaws);
    }

    /// What a customer wrote, and what was shown to agents.
    static ChaosVerdict ofTurns(String customer, List<String> written, List<String> shown) {
        return of("customer " + customer, written, shown, Set.of(), Set.of());
    }

    /// What an agent or an application answered, and what is on the customer's phone.
    static ChaosVerdict ofReplies(String customer, List<String> answered, List<String> phone, RepliesRead replies) {
        return of(
                "who answers " + customer,
                answered,
                phone,
                replies.texts(customer, replies.refused()),
                replies.texts(customer, replies.doubted()));
    }

    /// Compares.
    ///
    /// @param who said it
    /// @param said in order, no text twice
    /// @param shown in order
    /// @param refused texts that are on record as not sent
    /// @param doubted texts that are on record as sent again, because nobody knew
    static ChaosVerdict of(
            String who, List<String> said, List<String> shown, Set<String> refused, Set<String> doubted) {
        List<String> accounted = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> flaws = new ArrayList<>();
        for (String text : said) {
            int times = Collections.frequency(shown, text);
            String told = text + " of " + who + " was shown " + times + " times";
            if (times == 0) {
                (refused.contains(text) ? accounted : missing).add(told);
            } else if (times > 1) {
                (doubted.contains(text) ? accounted : flaws).add(told);
            }
        }
        // A repeat is told of already; what counts for the order is where a text was shown first.
        List<String> first = List.copyOf(new LinkedHashSet<>(shown));
        if (!first.equals(said.stream().filter(shown::contains).toList())) {
            flaws.add("What " + who + " said was shown in another order: " + String.join(" ", shown));
        }
        return new ChaosVerdict(said.size(), accounted, missing, flaws);
    }

    /// Both.
    ChaosVerdict and(ChaosVerdict other) {
        return new ChaosVerdict(
                said + other.said,
                both(accounted, other.accounted),
                both(missing, other.missing),
                both(flaws, other.flaws));
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
