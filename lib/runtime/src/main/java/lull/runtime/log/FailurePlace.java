package lull.runtime.log;

import java.util.Arrays;

/// Names of an exception and its causes, each with the place in Lull where it came from: what is logged
/// of an unexpected failure. Messages are omitted, because they may quote what people wrote, or a
/// secret. Pure.
public final class FailurePlace {

    private static final String OWN = "lull.";
    private static final int MAX_CAUSES = 5;

    private FailurePlace() {}

    /// Returns the exception and its place.
    public static String of(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OWN))
                .findFirst()
                .map(frame -> name + " at " + frame.getClassName() + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .orElse(name);
    }

    /// Returns the same with the first causes.
    public static String withCauses(Throwable failure) {
        StringBuilder words = new StringBuilder(of(failure));
        Throwable cause = failure.getCause();
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            words.append(", caused by ").append(of(cause));
            cause = cause.getCause();
        }
        return words.toString();
    }
}
