package lull.runtime;

import java.util.List;
import lull.runtime.log.FailurePlace;

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

    /// Check that may find several things.
    @FunctionalInterface
    public interface Check {

        List<CheckResult> findings() throws InterruptedException;
    }

    /// What a check finds. A check that fails itself is something that is wrong, so that the checks after it are made
    /// too. The message of an unexpected failure is left out, as it may quote a secret.
    ///
    /// @param about what it checks, in a word or two
    public static List<CheckResult> of(String about, Check check) throws InterruptedException {
        try {
            return check.findings();
        } catch (CannotStart e) {
            return List.of(wrong(about, String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return List.of(wrong(
                    about,
                    "This check failed unexpectedly, so its result is unknown: "
                            + FailurePlace.withCauses(e)
                            + ". What it asked may have answered nonsense; otherwise report this line as a bug"));
        }
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
