package lull.cdk;

import java.util.Locale;

/// Ids of constructs.
final class StackIds {

    private StackIds() {}

    /// Returns `Ingress` for `ingress`.
    static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
