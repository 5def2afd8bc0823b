package lull.runtime.kafka;

import lull.runtime.Unavailable;
import org.jspecify.annotations.Nullable;

/// Thrown if the broker has not acknowledged a record in time. It is unknown whether the broker has the
/// record.
public final class NotAcknowledged extends RuntimeException implements Unavailable {

    private static final long serialVersionUID = 1L;

    public NotAcknowledged(String topic, @Nullable Throwable cause) {
        super("The broker has not acknowledged a record of " + topic, cause);
    }
}
