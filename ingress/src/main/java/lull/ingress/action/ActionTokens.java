package lull.ingress.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lull.runtime.BearerTokens;
import lull.runtime.Secrets;
import lull.runtime.settings.Setting;
import org.jspecify.annotations.Nullable;

/// Clients who may perform actions, each with a name, a scope and a token. Immutable.
public final class ActionTokens {

    private static final int SHORTEST_TOKEN = 16;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,63}");

    private final List<Client> clients;

    /// A client.
    ///
    /// @param name recorded with each change
    /// @param mayChange whether its scope is `change`, which includes reading
    public record Client(String name, boolean mayChange, String token) {

        @Override
        public String toString() {
            return "Client[" + name + "]";
        }
    }

    private ActionTokens(List<Client> clients) {
        this.clients = List.copyOf(clients);
    }

    /// Reads `name:scope:token` triples that are separated by commas. Throws `IllegalArgumentException` with what is
    /// wrong, which never quotes a token.
    public static ActionTokens parse(String text) {
        List<Client> clients = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String triple : Setting.words(text)) {
            String[] parts = triple.split(":", 3);
            if (parts.length < 3 || !NAME.matcher(parts[0].strip()).matches()) {
                throw new IllegalArgumentException(
                        "must be triples name:scope:token, with names of letters, digits and . _ @ - of at most 64"
                                + " characters");
            }
            String name = parts[0].strip();
            String scope = parts[1].strip();
            String token = parts[2].strip();
            if (!scope.equals("read") && !scope.equals("change")) {
                throw new IllegalArgumentException("must have the scope read or change for " + name);
            }
            if (token.length() < SHORTEST_TOKEN || !BearerTokens.isToken(token)) {
                throw new IllegalArgumentException(
                        "must have a token of at least " + SHORTEST_TOKEN + " visible ASCII characters for " + name);
            }
            if (!known.add("token " + token) || !known.add("name " + name)) {
                throw new IllegalArgumentException("must have each name and each token once");
            }
            clients.add(new Client(name, scope.equals("change"), token));
        }
        return new ActionTokens(clients);
    }

    /// Whether anybody may perform actions.
    public boolean isOpen() {
        return !clients.isEmpty();
    }

    /// Returns the token of the first client; empty if there is none.
    public Optional<String> first() {
        return clients.stream().map(Client::token).findFirst();
    }

    /// Returns the client of a request by its `Authorization` header; empty if nobody has the token. Compares with
    /// every token, so that the time it takes reveals nothing.
    Optional<Client> of(@Nullable String authorization) {
        String given = BearerTokens.given(authorization).orElse(null);
        Optional<Client> found = Optional.empty();
        for (Client each : clients) {
            if (given != null && Secrets.isEqual(given, each.token())) {
                found = Optional.of(each);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "ActionTokens[" + clients.size() + "]";
    }
}
