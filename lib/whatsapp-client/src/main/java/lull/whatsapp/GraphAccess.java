package lull.whatsapp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Access tokens and versions with which the Graph API is called for each business number.
///
/// @param others for numbers that have none of their own
/// @param byNumber for single numbers
public record GraphAccess(Credential others, Map<String, Credential> byNumber) {

    public GraphAccess {
        byNumber = Map.copyOf(byNumber);
    }

    /// Credential of a call.
    ///
    /// @param version such as `v23.0`
    /// @param setting the setting with the token, for people
    /// @param token the current token, which may be replaced at any time; empty if there is none
    public record Credential(String version, String setting, Supplier<Optional<String>> token) {

        @Override
        public String toString() {
            return "Credential[" + setting + ", " + version + "]";
        }
    }

    /// Returns an access with one token for all numbers.
    public static GraphAccess same(String version, String token) {
        return new GraphAccess(new Credential(version, "whatsapp.access.token", () -> Optional.of(token)), Map.of());
    }

    /// Returns the credential of a business number.
    public Credential of(String businessNumber) {
        return byNumber.getOrDefault(businessNumber, others);
    }
}
