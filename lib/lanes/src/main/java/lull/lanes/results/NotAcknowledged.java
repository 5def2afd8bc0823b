package lull.lanes.results;

import lull.lanes.Unavailable;

/// Thrown if the broker has not acknowledged a record in time. It is unknown whether the broker has the
/// record.
public final class NotAcknowledged extends RuntimeException implements Unavailable {

    private static final long serialVersionUID = 1L;

    public NotAcknowledged(String topic, @org.jspecify.annotations.Nullable Throwable cause) {
        super("The broker has not acknowledged a record of " + topic, cause);
    }
}
