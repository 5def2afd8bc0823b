package lull.bench;

import java.util.Locale;

/// Target of a measurement, in the order of a round.
enum Target {
    /// A route that answers 200 and reads nothing: what the HTTP server costs.
    BARE,
    /// A route that reads the body, checks its signature and answers 200: the least that any receiver must do.
    READING,
    /// The ingress, with a broker behind it.
    INGRESS;

    /// The name as the report and the command line have it.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
