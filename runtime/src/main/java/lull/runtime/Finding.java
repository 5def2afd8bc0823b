package lull.runtime;

/// What a look at an installation has found.
///
/// @param isWell whether it is as it must be
/// @param about what was looked at, in a word or two
/// @param words what was found, and what helps where it is wrong; nothing personal and nothing secret
public record Finding(boolean isWell, String about, String words) {

    /// Something that is as it must be.
    public static Finding well(String about, String words) {
        return new Finding(true, about, words);
    }

    /// Something that is wrong.
    public static Finding wrong(String about, String words) {
        return new Finding(false, about, words);
    }
}
