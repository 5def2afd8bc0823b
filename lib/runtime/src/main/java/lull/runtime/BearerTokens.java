package lull.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens by which callers of an HTTP door are known (RFC 6750): any of them is taken, so that they can be rotated.
/// Without any the door is closed.
public record BearerTokens(List<String> tokens) {

    private static final String BEARER = "Bearer ";

    public BearerTokens {
        tokens = List.copyOf(tokens);
    }

    /// Whether there is any token at all.
    public boolean isOpen() {
        return !tokens.isEmpty();
    }

    /// Whether a request's `Authorization` header holds one of the tokens. It compares with every token, so
    /// that the time it takes tells nothing.
    public boolean admits(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (String token : tokens) {
            known |= MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
        }
        return known;
    }

    @Override
    public String toString() {
        return "BearerTokens[" + tokens.size() + "]";
    }
}
