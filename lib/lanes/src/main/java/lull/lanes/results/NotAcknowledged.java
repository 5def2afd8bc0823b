package lull.lanes.results;

import lull.lanes.Unavailable;

/// The broker has not acknowledged a record in time. Whether it has it is not known.
public final class NotAcknowledged extends RuntimeException implements Unavailable {

    private static final long serialVersionUID = 1L;

    public NotAcknowledged(String topic, @org.jspecify.annotations.Nullable Throwable cause) {
        super("The broker has not acknowledged a record of " + topic, cause);
    }
}
