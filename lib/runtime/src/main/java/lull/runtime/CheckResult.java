package lull.runtime;

import java.util.List;
import lull.runtime.log.FailurePlace;

/// Result of a check of an installation. Immutable.
///
/// @param about what was checked, in a word or two
/// @param words what was found, and what helps if it is wrong; nothing personal and nothing secret
public record CheckResult(State state, String about, String words) {

    /// State of what was checked.
    public enum State {
        OK,
        FAIL,
        /// It cannot be determined from here.
        UNKNOWN
    }

    /// Check that may return several results.
    @FunctionalInterface
    public interface Check {

        List<CheckResult> findings() throws InterruptedException;
    }

    /// Runs a check and returns its results. A check that fails itself is a failed result, so that the
    /// checks after it still run. The message of an unexpected failure is omitted, because it may quote
    /// a secret.
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

    /// Returns a result that is OK.
    public static CheckResult well(String about, String words) {
        return new CheckResult(State.OK, about, words);
    }

    /// Returns a result that failed.
    public static CheckResult wrong(String about, String words) {
        return new CheckResult(State.FAIL, about, words);
    }

    /// Returns a result that cannot be determined from here, which is not a failure.
    public static CheckResult unknown(String about, String words) {
        return new CheckResult(State.UNKNOWN, about, words);
    }

    /// Whether it is not known to have failed.
    public boolean isWell() {
        return state != State.FAIL;
    }
}
