package lull.runtime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bearer tokens of an HTTP API (RFC 6750). Any of them is accepted, so that they can be rotated. Without any
/// the API is closed.
public record BearerTokens(List<String> tokens) {

    /// The form of a token, as a regular expression. The JDK's client rejects other characters in a
    /// header, with an exception that quotes the token.
    public static final String FORM = "[!-~]+";

    private static final String BEARER = "Bearer ";
    private static final Pattern TOKEN = Pattern.compile(FORM);

    public BearerTokens {
        tokens = List.copyOf(tokens);
        if (!tokens.stream().allMatch(BearerTokens::isToken)) {
            throw new IllegalArgumentException("A token has characters that a header cannot have");
        }
    }

    /// Whether a text can be sent as a token.
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /// Returns the token in a request's `Authorization` header; empty if it has none. The header's word is in any case.
    public static Optional<String> given(@Nullable String authorization) {
        return authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.empty()
                : Optional.of(authorization.substring(BEARER.length()).strip());
    }

    /// Returns the `Authorization` header of a client that has a token.
    public static String header(String token) {
        return BEARER + token;
    }

    /// Whether there is any token.
    public boolean isOpen() {
        return !tokens.isEmpty();
    }

    /// Whether a request's `Authorization` header contains one of the tokens. Compares with every
    /// token, so that the time it takes reveals nothing.
    public boolean admits(@Nullable String authorization) {
        String given = given(authorization).orElse(null);
        boolean known = false;
        for (String token : tokens) {
            known |= given != null && Secrets.isEqual(given, token);
        }
        return known;
    }

    /// Returns the `Authorization` header with which this process calls others that have the same
    /// tokens: the first token.
    public String authorization() {
        return header(tokens.getFirst());
    }

    @Override
    public String toString() {
        return "BearerTokens[" + tokens.size() + "]";
    }
}
