package lull.console.pages;

import java.util.Locale;
import java.util.Optional;

/// Addresses outside of the console to which pages link. Immutable.
///
/// @param runbook the page of the runbook; empty: headings are only named
/// @param connect the Amazon Connect instance; empty: contacts are not linked
public record Links(Optional<String> runbook, Optional<String> connect) {

    /// Returns the address of a heading of the runbook; empty if it is only named.
    String runbook(String heading) {
        return runbook.map(page -> page + "#" + slug(heading)).orElse("");
    }

    /// Returns the address of a contact of Amazon Connect; empty if contacts are not linked.
    String contact(String contactId) {
        return connect.filter(_ -> contactId.matches("[A-Za-z0-9-]{1,256}"))
                .map(instance -> (instance.endsWith("/") ? instance : instance + "/") + "contact-trace-records/details/"
                        + contactId)
                .orElse("");
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
