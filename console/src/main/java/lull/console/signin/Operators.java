package lull.console.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.runtime.BearerTokens;
import lull.runtime.Secrets;
import lull.runtime.settings.Setting;

/// Operators who may sign in, each with a name and a token. Immutable.
public final class Operators {

    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,63}");

    private final Map<String, String> tokensByName;

    private Operators(Map<String, String> tokensByName) {
        this.tokensByName = Map.copyOf(tokensByName);
    }

    /// Reads `name:token` pairs that are separated by commas. Throws `IllegalArgumentException` with what is wrong,
    /// which never quotes a token.
    public static Operators parse(String text) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String pair : Setting.words(text)) {
            int colon = pair.indexOf(':');
            String name = colon < 0 ? "" : pair.substring(0, colon).strip();
            String token = pair.substring(colon + 1).strip();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "must be pairs name:token, with names of letters, digits and . _ @ - of at most 64 characters");
            }
            if (token.length() < SHORTEST_TOKEN || !BearerTokens.isToken(token)) {
                throw new IllegalArgumentException(
                        "must have a token of at least " + SHORTEST_TOKEN + " visible ASCII characters for " + name);
            }
            if (tokens.containsValue(token) || tokens.put(name, token) != null) {
                throw new IllegalArgumentException("must have each name and each token once");
            }
        }
        return new Operators(tokens);
    }

    /// Whether anybody can sign in.
    public boolean isOpen() {
        return !tokensByName.isEmpty();
    }

    /// Returns the operator with a token; empty if nobody has it. Compares with every token, so that the time it
    /// takes reveals nothing.
    public Optional<Operator> withToken(String token) {
        String found = "";
        for (Map.Entry<String, String> each : tokensByName.entrySet()) {
            if (Secrets.isEqual(token, each.getValue())) {
                found = each.getKey();
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Operator(found));
    }

    @Override
    public String toString() {
        return "Operators[" + tokensByName.size() + "]";
    }
}
