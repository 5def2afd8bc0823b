package lull.console.pages;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Forms as browsers send them (`application/x-www-form-urlencoded`), and parts of addresses. Pure.
public final class Forms {

    private static final int MAX_FIELDS = 5_000;

    private Forms() {}

    /// Returns the fields of a form, each with its values in their order. Throws `IllegalArgumentException` if it is
    /// none.
    public static Map<String, List<String>> read(byte[] body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MAX_FIELDS) {
                throw new IllegalArgumentException("The form has more than " + MAX_FIELDS + " fields");
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            fields.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    /// Returns a text as a part of an address.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
