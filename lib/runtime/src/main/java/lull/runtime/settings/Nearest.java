package lull.runtime.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Search for the name that was probably meant by a misspelt one.
public final class Nearest {

    private Nearest() {}

    /// Returns the known name with the fewest changed letters; empty if too many are changed to guess.
    public static Optional<String> to(String given, Collection<String> known) {
        int limit = Math.max(1, Math.min(4, given.length() / 4));
        return known.stream()
                .filter(name -> Math.abs(name.length() - given.length()) <= limit)
                .filter(name -> changes(given, name) <= limit)
                .min(Comparator.<String>comparingInt(name -> changes(given, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// How many letters must be added, removed, replaced or swapped with their neighbour.
    private static int changes(String from, String to) {
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    changes[i][j] = i + j;
                    continue;
                }
                boolean isEqual = from.charAt(i - 1) == to.charAt(j - 1);
                int least = Math.min(changes[i - 1][j], changes[i][j - 1]) + 1;
                least = Math.min(least, changes[i - 1][j - 1] + (isEqual ? 0 : 1));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    least = Math.min(least, changes[i - 2][j - 2] + 1);
                }
                changes[i][j] = least;
            }
        }
        return changes[from.length()][to.length()];
    }
}
