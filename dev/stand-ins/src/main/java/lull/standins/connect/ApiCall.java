package lull.standins.connect;

import java.util.Map;

/// One call of the API: the bearer token (empty when there is none), the body's members, and the path's labels.
record ApiCall(Operation operation, String bearer, Members body, Map<String, String> labels) {
    private static final int LONGEST_CLIENT_TOKEN = 500;

    /// A path label of `shortest` 1 to `longest` characters.
    String label(String name, int longest) {
        String value = labels.getOrDefault(name, "");
        if (value.isEmpty() || value.length() > longest) {
            throw ApiException.invalid(
                    operation.api(), "%s must be from 1 to %d characters long".formatted(name, longest));
        }
        return value;
    }

    /// The ClientToken, empty when there is none.
    String clientToken() {
        return body.optionalText("ClientToken", 0, LONGEST_CLIENT_TOKEN).orElse("");
    }
}
