package lull.lanes;

import java.time.Instant;

/// Key whose first record could not be handled yet, and waits for another attempt or for the end of a pause.
///
/// @param since when its first record was written
/// @param records that wait with it, the first one included
/// @param attempts at the first record until now
/// @param reason why it waits, in words, without anything personal
public record WaitingKey(String key, Instant since, int records, int attempts, String reason) {

    @Override
    public String toString() {
        return "WaitingKey[" + reason + "]";
    }
}
