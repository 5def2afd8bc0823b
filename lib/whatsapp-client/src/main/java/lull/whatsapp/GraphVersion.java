package lull.whatsapp;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Versions of the Graph API, with the day from which Meta no longer answers each of them. Pure.
final class GraphVersion {

    private static final Map<String, LocalDate> ENDS = Map.of(
            "v20.0", LocalDate.of(2026, 9, 24),
            "v21.0", LocalDate.of(2027, 1, 21),
            "v22.0", LocalDate.of(2027, 5, 20),
            "v23.0", LocalDate.of(2027, 10, 8),
            "v24.0", LocalDate.of(2028, 2, 18),
            "v25.0", LocalDate.of(2028, 7, 29));

    /// Versions of which Meta has not announced the end.
    private static final List<String> OPEN = List.of("v26.0", "v27.0");

    /// The first version whose end is known.
    private static final int FIRST = 20;

    private GraphVersion() {}

    /// What is known of the end of a version.
    public sealed interface End {

        /// The version ends on a day, which may be past.
        record On(LocalDate day) implements End {}

        /// Meta has announced no end.
        record Open() implements End {}

        /// The version is older than any that Meta answers.
        record Past() implements End {}

        /// The version is newer than this release of Lull.
        record Unknown() implements End {}
    }

    /// Returns when a version ends.
    ///
    /// @param version such as `v23.0`
    public static End end(String version) {
        LocalDate day = ENDS.get(version);
        if (day != null) {
            return new End.On(day);
        }
        if (OPEN.contains(version)) {
            return new End.Open();
        }
        return major(version) < FIRST ? new End.Past() : new End.Unknown();
    }

    /// Returns the number of a version, such as 23 for `v23.0`; 0 if the text is no version.
    public static int major(String version) {
        return version.matches("v[0-9]{1,3}\\.[0-9]{1,2}")
                ? Integer.parseInt(version.substring(1, version.indexOf('.')))
                : 0;
    }
}
