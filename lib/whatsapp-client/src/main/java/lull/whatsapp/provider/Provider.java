package lull.whatsapp.provider;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Another provider's API that serves the business number of an app.
///
/// @param app the app, as in `whatsapp.apps`
/// @param template what is posted
/// @param url where it is posted; the current address, which may be replaced at any time. `{method}` in it
///     stands for the template's method
/// @param headers the current headers of each call, such as an API key
public record Provider(
        String app, ProviderTemplate template, Supplier<Optional<String>> url, Supplier<Map<String, String>> headers) {

    /// The placeholder in the address.
    static final String METHOD = "{method}";

    @Override
    public String toString() {
        return "Provider[" + app + "]";
    }
}
