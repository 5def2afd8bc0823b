package lull.cli;

/// Thrown if a service answers that a request is wrong (400), with its words: the command ends as for a wrong call.
final class WrongRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongRequest(String message) {
        super(message);
    }
}
