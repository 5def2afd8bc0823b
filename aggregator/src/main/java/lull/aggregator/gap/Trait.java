package lull.aggregator.gap;

/// Something about a message that tells whether another one follows.
public enum Trait {
    MEDIA,
    /// It starts with a lowercase letter.
    LOWERCASE,
    /// It starts with a word that joins it to the message before, such as "and".
    JOINING_WORD,
    /// It is only a greeting.
    GREETING,
    URL,
    /// It corrects the message before, or has neither letters nor digits.
    CORRECTION,
    /// It ends in a word that needs another one, such as "the".
    OPEN_END,
    /// It only acknowledges, such as "ok".
    ACKNOWLEDGEMENT;

    /// Its bit in [MessageShape#traits], which is also that of recorded conversations.
    public int bit() {
        return 1 << ordinal();
    }
}
