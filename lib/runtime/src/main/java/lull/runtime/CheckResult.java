package lull.runtime;

/// Result of a check of an installation.
///
/// @param about what was checked, in a word or two
/// @param words what was found, and what helps if it is wrong; nothing personal and nothing secret
public record CheckResult(State state, String about, String words) {

    /// How what was checked is.
    public enum State {
        OK,
        FAIL,
        /// It cannot be found out from here.
        UNKNOWN
    }

    /// Something that is as it must be.
    public static CheckResult well(String about, String words) {
        return new CheckResult(State.OK, about, words);
    }

    /// Something that is wrong.
    public static CheckResult wrong(String about, String words) {
        return new CheckResult(State.FAIL, about, words);
    }

    /// Something that cannot be found out from here; that is no failure.
    public static CheckResult unknown(String about, String words) {
        return new CheckResult(State.UNKNOWN, about, words);
    }

    /// Whether nothing is known to be wrong.
    public boolean isWell() {
        return state != State.FAIL;
    }
}
