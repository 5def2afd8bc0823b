package lull.runtime;

/// Finding of a check of an installation.
///
/// @param about what was checked, in a word or two
/// @param words what was found, and what helps if it is wrong; nothing personal and nothing secret
public record Finding(State state, String about, String words) {

    /// How what was checked is.
    public enum State {
        OK,
        FAIL,
        /// It cannot be found out from here.
        UNKNOWN
    }

    /// Something that is as it must be.
    public static Finding well(String about, String words) {
        return new Finding(State.OK, about, words);
    }

    /// Something that is wrong.
    public static Finding wrong(String about, String words) {
        return new Finding(State.FAIL, about, words);
    }

    /// Something that cannot be found out from here; that is no failure.
    public static Finding unknown(String about, String words) {
        return new Finding(State.UNKNOWN, about, words);
    }

    /// Whether nothing is known to be wrong.
    public boolean isWell() {
        return state != State.FAIL;
    }
}
